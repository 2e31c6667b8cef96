import {html, nothing, type TemplateResult} from 'lit';
import type {Strings} from '../i18n/index.js';
import type {ChatError} from '../model/index.js';

/** What the lines at the top of a list depend on. */
export interface HintState {
  readonly loadingOlder: boolean;
  readonly olderError: ChatError | null;
  readonly newWhileAway: number;
}

/** What can be asked for from there. */
export interface HintActions {
  readonly loadOlder: () => void;
  readonly showUnread: () => void;
}

/** The lines at the top of a list. They lie over it, so that nothing moves when they come and go. */
export function renderHints(hints: HintState, strings: Strings, actions: HintActions): TemplateResult {
  const {loadingOlder, olderError, newWhileAway} = hints;
  return html`<div class="hints" role="status">
    ${loadingOlder ? html`<div class="hint" part="hint"><span class="spinner"></span>${strings.loadingOlder}</div>` : nothing}
    ${
      olderError && !loadingOlder
        ? html`<div class="hint" part="hint">
            ${strings.olderFailed}
            <button type="button" class="text-button" @click=${actions.loadOlder}>${strings.tryAgain}</button>
          </div>`
        : nothing
    }
    ${
      newWhileAway > 0
        ? html`<button type="button" class="hint" part="hint" @click=${actions.showUnread}>
            ${strings.newWhileAway(newWhileAway)}
          </button>`
        : nothing
    }
  </div>`;
}
