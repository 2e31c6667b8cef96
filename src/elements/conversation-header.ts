import {html, nothing, type TemplateResult} from 'lit';
import {withoutBidiControls} from '../behaviors/text-shape.js';
import type {ConversationSnapshot} from '../context/index.js';
import type {Strings} from '../i18n/index.js';
import {firstNameOf, sameId, type ConnectionStatus, type Conversation, type Id, type PersonData} from '../model/index.js';
import {renderAvatar} from './avatar.js';
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
}

/** The header of a conversation: back button, picture, title, and a line about what is going on. */
export function renderHeader(view: HeaderView): TemplateResult {
  const {strings, snapshot, goBack} = view;
  const title = titleOf(view);
  const line = lineOf(view);
  const conversation = snapshot?.conversation;
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
      <div class="who">
        <h2 part="title" dir="auto">${title}</h2>
        ${renderLine(line, line === strings.loadFailed)}
      </div>
      <div class="actions"><slot name="header-actions"></slot></div>
    </header>
  `;
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

/** The first that applies: the state of the connection, who is typing, that messages are or cannot be loaded, who takes part. */
function lineOf(view: HeaderView): string {
  const {status, snapshot, strings} = view;
  if (status && status.state !== 'connected' && status.state !== 'suspended') return strings.states[status.state];
  const typing = snapshot?.typing ?? [];
  if (typing[0]) return sayOf(typing, strings, 'typing');
  if (snapshot?.phase === 'ready') {
    if (snapshot.sync === 'catching-up') return strings.catchingUp;
    if (snapshot.sync === 'degraded') return strings.loadFailed;
  }
  return peopleIn(snapshot?.conversation, view);
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

/** A name without characters that would change the direction of the sentence around it. */
function plainName(name: string, {unknownPerson}: Strings): string {
  return withoutBidiControls(name) || unknownPerson;
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
