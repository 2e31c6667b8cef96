import {html, type TemplateResult} from 'lit';
import type {LiveConversation} from '../context/index.js';
import type {Strings} from '../i18n/index.js';
import type {ChatError} from '../model/index.js';
import {icon} from './icons.js';

/** Bubbles without words, while the first messages are on their way. `isShown`: whether there were such bubbles a moment ago. */
export function renderPlaceholders(strings: Strings, isShown = false): TemplateResult {
  return html`
    <div part="placeholders" class="placeholders ${isShown ? 'shown' : ''}" role="status" aria-label=${strings.loading}>
      <i class="edge"></i><i class="edge"></i><i class="edge"></i><i class="edge"></i><i class="edge"></i><i class="edge"></i>
    </div>
  `;
}

/** Why there are no messages to be seen, and the way out. */
function renderFailure(strings: Strings, error: ChatError | null, retry: () => void): TemplateResult {
  return html`
    <div part="error" class="quiet" role="alert">
      ${icon('alert')}
      <strong>${strings.loadFailed}</strong>
      <span>${error ? strings.problems[error.code] : ''}</span>
      <button part="retry-button" class="button" type="button" @click=${retry}>${strings.tryAgain}</button>
    </div>
  `;
}

/** Invites to write the first message. */
function renderEmpty(strings: Strings, isReadonly: boolean): TemplateResult {
  return html`
    <div part="empty" class="quiet">
      ${icon('speech')}
      <strong>${strings.emptyTitle}</strong>
      <span>${isReadonly ? '' : strings.emptyText}</span>
    </div>
  `;
}

/** What the list of an open conversation shows while it has no messages. `isShown`: whether placeholders were shown a moment ago. */
export function renderNoMessages(
  strings: Strings,
  conversation: LiveConversation,
  isReadonly: boolean,
  isShown: boolean,
): TemplateResult {
  const {phase, error} = conversation.snapshot();
  if (phase === 'ready') return html`<slot name="empty" slot="empty">${renderEmpty(strings, isReadonly)}</slot>`;
  return html`
    <div slot="empty" class="fill">
      ${phase === 'failed' ? renderFailure(strings, error, () => void conversation.reload()) : renderPlaceholders(strings, isShown)}
    </div>
  `;
}

/** Nothing is open, and nothing is wrong with that. */
export function renderNothingOpen(strings: Strings): TemplateResult {
  return html`<div part="empty" class="quiet">${icon('speech')}<span>${strings.noConversation}</span></div>`;
}
