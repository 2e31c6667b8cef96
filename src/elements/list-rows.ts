import {html, nothing, type TemplateResult} from 'lit';
import type {KeyedRow} from '../behaviors/keyed-rows.js';
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

/** The rows from index `from` up to but not including `to`. The last child of each holds the message. */
export function rowsOf(log: MessageLogView, from: number, to: number, context: RowContext): readonly KeyedRow[] {
  const used = new Set<string>();
  const now = Date.now();
  return log.slice(from, to).map((message, i) => {
    const index = from + i;
    const place = placeOf(log.at(index - 1), message, log.at(index + 1), context.firstUnreadId);
    // A temp id is one person's; should two have chosen the same, each row still has a key of its own.
    const key = messageKey(message);
    const own = used.has(key) ? `${key}#${message.id}` : key;
    used.add(own);
    return {
      key: own,
      content: renderRow(message, place, context, now),
      attributes: {
        class: `row ${place.grouped ? '' : 'first'} ${context.arrived.has(key) ? 'arrived' : ''}`,
        part: 'row',
        role: 'listitem',
        'aria-posinset': context.isPartial ? null : `${index + 1}`,
        'aria-setsize': `${context.isPartial ? -1 : log.size}`,
      },
    };
  });
}

function renderRow(message: Message, place: RowPlace, context: RowContext, now: number): TemplateResult {
  const {strings} = context;
  const day = place.opensDay ? formatDay(strings, message.createdAt, now) : '';
  return html`
    ${day ? html`<div class="day edge" part="date-divider">${day}</div>` : nothing}
    ${place.opensUnread ? html`<div class="unread" part="unread-divider">${strings.newMessages}</div>` : nothing}
    <div class="message">${renderMessage(message, place, context)}</div>
  `;
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
