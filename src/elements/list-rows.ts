import {html, nothing, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {formatDay, type Strings} from '../i18n/index.js';
import {messageKey, reportHostError, sameId, type Id, type IdKey, type Message, type MessageLogView} from '../model/index.js';
import {placeOf, type RowPlace} from './message-groups.js';

/** How a message is rendered in place of `<chat-message>`: anything that lit renders, a DOM node or a string among it. */
export type RenderMessage = (message: Message, place: RowPlace & {readonly own: boolean}) => unknown;

/** What the rows of a list depend on beside their messages. */
export interface RowContext {
  readonly currentUserId: Id | null;
  readonly firstUnreadId: Id | null;
  /** Whether there are messages beyond those of the list, so that no number is the right one. */
  readonly isPartial: boolean;
  readonly renderMessage: RenderMessage | undefined;
  /** The row that is lit up. */
  readonly highlighted: IdKey | undefined;
  /** The rows that have just come in. */
  readonly arrived: ReadonlySet<IdKey>;
  readonly strings: Strings;
}

const MESSAGE_PARTS = 'bubble,author,avatar,content,link,quote,attachment,time,status,reactions,why';

/** The rows from index `from` up to but not including `to`. Each is one element, whose last child holds the message. */
export function renderRows(log: MessageLogView, from: number, to: number, context: RowContext): unknown {
  const messages = log.slice(from, to);
  const used = new Set<IdKey>();
  const now = Date.now();
  return repeat(
    messages,
    (message) => {
      // A temp id is one person's; should two have chosen the same, each row still has a key of its own.
      const key = messageKey(message);
      const own = used.has(key) ? `${key}#${message.id}` : key;
      used.add(own);
      return own;
    },
    (message, i) => {
      const index = from + i;
      const place = placeOf(log.at(index - 1), message, log.at(index + 1), context.firstUnreadId);
      return renderRow(message, place, {...context, index, size: log.size, now});
    },
  );
}

function renderRow(
  message: Message,
  place: RowPlace,
  context: RowContext & {readonly index: number; readonly size: number; readonly now: number},
): TemplateResult {
  const {strings, isPartial, index, size, arrived} = context;
  const day = place.opensDay ? formatDay(strings, message.createdAt, context.now) : '';
  const classes = ['row', place.grouped ? '' : 'first', arrived.has(messageKey(message)) ? 'arrived' : ''];
  return html`<div
    class=${classes.filter(Boolean).join(' ')}
    part="row"
    role="listitem"
    aria-posinset=${isPartial ? nothing : index + 1}
    aria-setsize=${isPartial ? -1 : size}
  >
    ${day ? html`<div class="day edge" part="date-divider">${day}</div>` : nothing}
    ${place.opensUnread ? html`<div class="unread" part="unread-divider">${strings.newMessages}</div>` : nothing}
    <div class="message">${renderMessage(message, place, context)}</div>
  </div>`;
}

function renderMessage(message: Message, place: RowPlace, context: RowContext): unknown {
  const own = sameId(message.sender.id, context.currentUserId);
  try {
    if (context.renderMessage) return context.renderMessage(message, {...place, own});
  } catch (error) {
    reportHostError(error);
  }
  return html`<chat-message
    exportparts=${MESSAGE_PARTS}
    .message=${message}
    .currentUserId=${context.currentUserId}
    ?own=${own}
    ?grouped=${place.grouped}
    ?continued=${place.continued}
    ?highlighted=${messageKey(message) === context.highlighted}
  ></chat-message>`;
}
