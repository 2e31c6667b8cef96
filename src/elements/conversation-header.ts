import {html, nothing, type ReactiveControllerHost, type TemplateResult} from 'lit';
import {Patience} from '../behaviors/patience.js';
import type {ConversationSnapshot} from '../context/index.js';
import type {Strings} from '../i18n/index.js';
import {firstNameOf, sameId, type ConnectionStatus, type Conversation, type Id, type PersonData} from '../model/index.js';
import {plainName, renderAvatar} from './avatar.js';
import {icon} from './icons.js';

/** How many people the line under the title names before the rest become a number. */
const MAX_NAMES = 2;

/** What the header shows. */
export interface HeaderView {
  readonly strings: Strings;
  readonly heading: string | undefined;
  readonly snapshot: ConversationSnapshot | undefined;
  readonly status: ConnectionStatus | undefined;
  readonly userId: Id | null;
  /** Called when the person wants to go back; without it there is no button. */
  readonly goBack: (() => void) | undefined;
  /** Whether there is a conversation, or one to wait for. */
  readonly isComing: boolean;
}

/** The header of a conversation: back button, picture, title, and a line about what is going on. */
export class ConversationHeader {
  readonly #trouble: Patience;
  readonly #untitled: Patience;

  constructor(host: ReactiveControllerHost) {
    this.#trouble = new Patience(host);
    this.#untitled = new Patience(host);
  }

  render(view: HeaderView): TemplateResult {
    const {strings, snapshot, goBack} = view;
    const title = titleOf(view);
    const trouble = troubleOf(view);
    const line = this.#trouble.outlasts(trouble !== '') ? trouble : lineOf(view);
    const conversation = snapshot?.conversation;
    // It comes with the messages, as a rule, and a backend may have none.
    const isMissing = this.#untitled.outlasts(snapshot?.phase === 'ready' && !conversation) || snapshot?.phase === 'failed';
    const isComing = view.isComing && !conversation && !isMissing;
    return html`
      <header part="header" class=${goBack ? 'has-back' : ''}>
        ${
          goBack
            ? html`<button part="back-button" class="icon-button back" type="button" aria-label=${strings.back} @click=${goBack}>
                <span>${icon('back')}</span>
              </button>`
            : nothing
        }
        ${conversation ? renderAvatar({...faceOf(conversation, view.userId), name: title}) : nothing}
        ${isComing ? html`<i class="avatar edge coming" part="avatar"></i>` : nothing}
        <div class="who">
          <h2 part="title" dir="auto">${isComing && !view.heading ? renderComing(title) : title}</h2>
          ${renderLine(line, line === strings.loadFailed)}
        </div>
        <div class="actions"><slot name="header-actions"></slot></div>
      </header>
    `;
  }
}

/** A title that is on its way: for a screen reader, the word for any conversation. */
function renderComing(title: string): TemplateResult {
  return html`<i class="edge coming"></i><span class="visually-hidden">${title}</span>`;
}

/** A failure is said at once, by an element that comes with it; all else is said by the elements that it is about. */
function renderLine(line: string, isFailure: boolean): TemplateResult {
  return isFailure
    ? html`<p part="status" class="line" role="alert">${line}</p>`
    : html`<p part="status" class="line">${line}</p>`;
}

/** The title: that of the page, that of the server, the names of the participants, or just the word for a conversation. */
export function titleOf({heading, snapshot, strings, userId}: HeaderView): string {
  const conversation = snapshot?.conversation;
  const title = heading || conversation?.title;
  if (title) return title;
  const names = othersIn(conversation, userId).map(({name}) => plainName(name, strings));
  return names[0] ? strings.people(names.slice(0, 3), names.slice(3).length) : strings.conversation;
}

/** While nothing is wrong, the first that applies: who is typing, that missed messages cannot be loaded, who takes part. */
function lineOf(view: HeaderView): string {
  const {snapshot, strings} = view;
  const typing = snapshot?.typing ?? [];
  if (typing[0]) return sayOf(typing, strings, 'typing');
  if (snapshot?.phase === 'ready' && snapshot.sync === 'degraded') return strings.loadFailed;
  return peopleIn(snapshot?.conversation, view);
}

/** The state of the connection, if it is not connected, or that missed messages are being fetched: what is over in a moment as a rule. */
function troubleOf({status, snapshot, strings}: HeaderView): string {
  if (status && status.state !== 'connected' && status.state !== 'suspended') return strings.states[status.state];
  return snapshot?.phase === 'ready' && snapshot.sync === 'catching-up' ? strings.catchingUp : '';
}

function peopleIn(conversation: Conversation | null | undefined, view: HeaderView): string {
  const others = othersIn(conversation, view.userId);
  const [first, second] = others;
  // With one other person, the title says it all.
  if (!first || (!second && (plainName(first.name, view.strings) === titleOf(view) || !first.name))) return '';
  return sayOf(others, view.strings, 'people');
}

/** A phrase about people, with their first names. */
function sayOf(people: readonly PersonData[], strings: Strings, words: 'people' | 'typing'): string {
  const names = people.slice(0, MAX_NAMES).map(({name}) => plainName(firstNameOf(name), strings));
  return strings[words](names, people.length - names.length);
}

function othersIn(conversation: Conversation | null | undefined, userId: Id | null): Conversation['participants'] {
  return conversation?.participants.filter((person) => !sameId(person.id, userId)) ?? [];
}

/** The id (for the colour) and picture of a conversation. With one other participant they are that person's, as beside the messages. */
function faceOf(conversation: Conversation, userId: Id | null): {readonly id: Id; readonly avatarUrl: string | null} {
  const [other, another] = othersIn(conversation, userId);
  const face = other && !another ? other : conversation;
  return {id: face.id, avatarUrl: conversation.avatarUrl ?? face.avatarUrl ?? null};
}
