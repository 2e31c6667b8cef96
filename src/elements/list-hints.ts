import {html, nothing, type TemplateResult} from 'lit';
import {formatNumber, langOfTexts, variantOf, type LocaleController, type Strings} from '../i18n/index.js';
import type {ChatError} from '../model/index.js';
import {icon} from './icons.js';

/** What the lines at the top of a list depend on. */
export interface HintState {
  readonly loadingOlder: boolean;
  readonly olderError: ChatError | null;
  readonly loadingNewer: boolean;
  readonly newerError: ChatError | null;
  readonly newWhileAway: number;
}

/** What the buttons in these lines do. */
export interface HintActions {
  readonly loadOlder: () => void;
  readonly loadNewer: () => void;
  readonly showUnread: () => void;
}

/** The lines at the top of a list. They lie over it, so that nothing moves when they come and go. The log announces them where needed. */
export function renderHints(hints: HintState, strings: Strings, actions: HintActions): TemplateResult {
  const {loadingOlder, olderError, loadingNewer, newerError, newWhileAway} = hints;
  return html`<div class="hints">
    <slot name="top"></slot>
    ${renderLoading(loadingOlder, olderError, strings.loadingOlder, strings.olderFailed, strings.tryAgain, actions.loadOlder)}
    ${renderLoading(loadingNewer, newerError, strings.loading, strings.loadFailed, strings.tryAgain, actions.loadNewer)}
    ${
      newWhileAway > 0
        ? html`<button type="button" class="hint edge" part="hint" @click=${actions.showUnread}>
            ${strings.newWhileAway(newWhileAway)}
          </button>`
        : nothing
    }
  </div>`;
}

function renderLoading(
  isLoading: boolean,
  error: ChatError | null,
  loading: string,
  failed: string,
  tryAgain: string,
  load: () => void,
): TemplateResult | typeof nothing {
  if (!isLoading && !error) return nothing;
  return html`<div class="hint edge" part="hint">
    ${
      isLoading
        ? html`<span class="spinner"></span>${loading}`
        : html`${failed} <button type="button" class="text-button" @click=${load}>${tryAgain}</button>`
    }
  </div>`;
}

/** What a list without messages shows; the page may replace it by a slot. */
export function renderEmpty({emptyTitle, emptyText}: Strings): TemplateResult {
  return html`<div class="empty">
    <slot name="empty"><strong>${emptyTitle}</strong><span>${emptyText}</span></slot>
  </div>`;
}

/** The button that scrolls to the end, with the number of new messages there. */
export function renderJump(newBelow: number, strings: Strings, jump: () => void): TemplateResult {
  const label = newBelow > 0 ? `${strings.jumpToLatest}, ${strings.newBelow(newBelow)}` : strings.jumpToLatest;
  return html`<button type="button" class="jump rise" part="jump-button" aria-label=${label} @click=${jump}>
    ${icon('down')}
    ${newBelow > 0 ? html`<span class="badge edge" aria-hidden="true">${formatNumber(variantOf(strings.locale), newBelow)}</span>` : nothing}
  </button>`;
}

/** The element whose lines screen readers announce: above all, messages that arrive. It has no name, which Orca would say with each line. */
export function renderLog(locale: LocaleController): TemplateResult {
  return html`<div class="visually-hidden" role="log" aria-live="polite" lang=${langOfTexts(locale)}></div>`;
}
