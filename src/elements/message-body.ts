import {html, nothing, type TemplateResult} from 'lit';
import {textTokens, type TextToken} from '../behaviors/text-tokens.js';
import {withoutBidiControls} from '../behaviors/text-shape.js';
import {safeFileUrl, safeImageUrl} from '../behaviors/safe-url.js';
import {formatNumber, formatSize, langOfTexts, variantOf, type LocaleController, type Strings} from '../i18n/index.js';
import {sameId, type Attachment, type Id, type Message, type Reaction, type ReplyPreview} from '../model/index.js';
import {plainName} from './avatar.js';
import {icon} from './icons.js';

/** A text with its links, or what of it is before `end`. Text stays text: it reaches the page as text nodes and nothing else. */
export function renderText(text: string, strings: Strings, end?: number): readonly unknown[] {
  return textTokens(text, end).map((token) => (token.type === 'text' ? token.text : renderLink(token, strings)));
}

function renderLink({text, href, host}: Extract<TextToken, {type: 'link'}>, strings: Strings): TemplateResult {
  const real = host === null ? nothing : html` <span class="host">(<bdi>${host}</bdi>)</span>`;
  // prettier-ignore
  return html`<a part="link" href=${href} target="_blank" rel="noopener noreferrer nofollow ugc"
    title=${strings.opensInNewTab} dir="ltr">${text}</a>${real}`;
}

/** The message that is replied to, as a button that shows it. */
export function renderQuote(reply: ReplyPreview, ownId: Id | null, locale: LocaleController, open: () => void): TemplateResult {
  const {strings} = locale;
  const isYou = sameId(reply.sender.id, ownId);
  const name = isYou ? strings.you : plainName(reply.sender.name, strings);
  return html`
    <button type="button" class="quote" part="quote" @click=${open}>
      <span class="visually-hidden">${strings.repliedTo(name, isYou)}</span>
      <bdi class="quote-author" aria-hidden="true">${name}</bdi>
      <span class="quote-text" dir="auto" lang=${langOfTexts(locale)}>${reply.content.slice(0, 300)}</span>
    </button>
  `;
}

/** Why a message was not sent. A page that hands in its own messages may have reasons that have no words here. */
export function whyNotSent({error}: Message, strings: Strings): string {
  const problems: Partial<Record<string, string>> = strings.problems;
  const problem = problems[error?.code ?? ''];
  return problem ? strings.notSent(problem) : strings.status.failed;
}

/** Called when somebody opens a file. Returns whether the browser opens it. */
type OpenAttachment = (attachment: Attachment) => boolean;

/** The files of a message. One whose address is not safe is shown without a link. */
export function renderAttachments(
  attachments: readonly Attachment[],
  strings: Strings,
  open: OpenAttachment,
): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  // Safari takes a list without marks for none, unless it is told.
  return html`<ul class="attachments" role="list">
    ${attachments.map((attachment) => html`<li>${renderAttachment(attachment, strings, open)}</li>`)}
  </ul>`;
}

/** How high a picture becomes, in CSS pixels; as in the styles. */
const MAX_HEIGHT = 260;

/** The size at which a picture is shown where there is room, so that nothing moves when it comes. `null` where the server has not said. */
function sizeOf({width, height}: Attachment): {readonly width: number; readonly height: number} | null {
  if (!width || !height) return null;
  const scale = Math.min(1, MAX_HEIGHT / height);
  return {width: width * scale, height: height * scale};
}

/** From here on the picture itself says how large it is: it may be smaller than the file, or turned. */
function releaseSize({currentTarget}: Event): void {
  (currentTarget as Element).removeAttribute('width');
}

function renderAttachment(attachment: Attachment, strings: Strings, open: OpenAttachment): TemplateResult {
  const name = withoutBidiControls(attachment.name);
  // A page may leave it out, and 0 is what a server that does not say it is read as.
  const size = attachment.size > 0 ? formatSize(strings.locale, attachment.size) : '';
  const picture = safeImageUrl(attachment.thumbnailUrl);
  const box = sizeOf(attachment);
  const content = picture
    ? html`<img
        class="thumbnail"
        src=${picture}
        alt=${name}
        width=${box?.width ?? nothing}
        height=${box?.height ?? nothing}
        loading="lazy"
        decoding="async"
        referrerpolicy="no-referrer"
        @load=${releaseSize}
        @error=${releaseSize}
      />`
    : html`${icon('file')} <span class="file"><bdi class="file-name">${name}</bdi> <bdi class="file-size">${size}</bdi></span>`;
  const kind = picture ? 'attachment' : 'attachment edge';
  const href = safeFileUrl(attachment.url);
  if (href === null) return html`<span class=${kind} part="attachment">${content}</span>`;
  return html`<a
    class=${kind}
    part="attachment"
    href=${href}
    download=${name}
    target="_blank"
    rel="noopener noreferrer nofollow ugc"
    title=${picture && size ? strings.attachment(name, size) : nothing}
    @click=${(event: Event) => open(attachment) || event.preventDefault()}
    >${content}</a
  >`;
}

/** The reactions to a message, with their counts. */
export function renderReactions(reactions: readonly Reaction[], strings: Strings): TemplateResult | typeof nothing {
  const shown = reactions.filter(({count}) => count > 0);
  if (shown.length === 0) return nothing;
  return html`<div class="reactions" part="reactions">
    ${shown.map(
      ({emoji, count}) =>
        html`<span class="reaction edge" role="img" aria-label=${strings.reaction(emoji, count)}
          >${emoji} ${count > 1 ? formatNumber(variantOf(strings.locale), count) : nothing}</span
        >`,
    )}
  </div>`;
}
