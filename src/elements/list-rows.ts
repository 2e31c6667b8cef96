import {html, nothing, type TemplateResult} from 'lit';
import type {KeyedRow} from '../behaviors/keyed-rows.js';
import type {WindowedRows} from '../behaviors/windowed-parts.js';
import {formatDay, type Strings} from '../i18n/index.js';
import {messageKey, reportHostError, type Id, type IdKey, type Message, type MessageLogView} from '../model/index.js';
import {isOwn, placeOf, type RenderMessage, type RowPlace} from './message-groups.js';

/** What the rows of a list depend on besides their messages. */
export interface RowContext {
  readonly currentUserId: Id | null;
  readonly firstUnreadId: Id | null;
  /** Whether there are more messages than those of the list, so that neither their number nor a position among them is known. */
  readonly isPartial: boolean;
  readonly renderMessage: RenderMessage | undefined;
  /** The row that is highlighted. */
  readonly highlighted: IdKey | undefined;
  /** The rows that have just come in. */
  readonly arrived: ReadonlySet<IdKey>;
  readonly strings: Strings;
}

/** What else a row shows. */
interface RowLook {
  /** The day to show above it; empty for none. */
  readonly day: string;
  readonly isLit: boolean;
}

const MESSAGE_PARTS = 'bubble,author,avatar,content,link,quote,attachment,time,status,reactions,why';

/** The messages of a log, as a window over them needs to know them. */
export function rowKeysOf(log: MessageLogView): WindowedRows {
  return {
    size: log.size,
    keyAt: (index) => {
      const message = log.at(index);
      return message && messageKey(message);
    },
    indexOf: (key) => log.indexOf(key),
  };
}

/** What the rows are rendered into: a list with a name, once there are any. */
export function renderList(hasRows: boolean, {messages}: Strings): TemplateResult {
  return html`<div class=${hasRows ? 'clip' : nothing}>
    <div class="rows" role=${hasRows ? 'list' : nothing} aria-label=${hasRows ? messages : nothing}></div>
  </div>`;
}

/** The rows from index `from` up to but not including `to`. The last child of each holds the message. */
export function rowsOf(log: MessageLogView, from: number, to: number, context: RowContext): readonly KeyedRow[] {
  const used = new Set<string>();
  const now = Date.now();
  return log.slice(from, to).map((message, i) => {
    const index = from + i;
    const place = placeOf(log.at(index - 1), message, log.at(index + 1), context.firstUnreadId);
    // Temp ids are unique for one person only. If two people have chosen the same, each row still needs its own key.
    const key = messageKey(message);
    const own = used.has(key) ? `${key}#${message.id}` : key;
    used.add(own);
    const day = place.opensDay ? formatDay(context.strings, message.createdAt, now) : '';
    const isLit = key === context.highlighted;
    const {opensDay, opensUnread, grouped, continued} = place;
    const {currentUserId, renderMessage, strings} = context;
    return {
      key: own,
      inputs: [message, day, isLit, opensDay, opensUnread, grouped, continued, currentUserId, renderMessage, strings],
      content: () => renderRow(message, place, {day, isLit}, context),
      attributes: {
        class: `row ${place.grouped ? '' : 'first'} ${context.arrived.has(key) ? 'arrived' : ''} ${isLit ? 'lit' : ''}`,
        part: 'row',
        role: 'listitem',
        // A row that gets the focus needs a name: all that is in it, with the day and where the unread ones begin.
        id: `m${index}`,
        'aria-labelledby': `m${index}`,
        'aria-posinset': context.isPartial ? null : `${index + 1}`,
        'aria-setsize': `${context.isPartial ? -1 : log.size}`,
      },
    };
  });
}

function renderRow(message: Message, place: RowPlace, look: RowLook, context: RowContext): TemplateResult {
  const {day} = look;
  return html`
    ${day ? html`<div class="day edge" part="date-divider">${day}</div>` : nothing}
    ${place.opensUnread ? html`<div class="unread" part="unread-divider">${context.strings.newMessages}</div>` : nothing}
    <div class="message">${renderMessage(message, place, look, context)}</div>
  `;
}

function renderMessage(message: Message, place: RowPlace, {isLit}: RowLook, context: RowContext): unknown {
  const own = isOwn(message, context.currentUserId);
  try {
    if (context.renderMessage) return context.renderMessage(message, {...place, own});
  } catch (error) {
    reportHostError(error);
  }
  return html`<chat-message
    inherits
    exportparts=${MESSAGE_PARTS}
    .message=${message}
    .currentUserId=${context.currentUserId}
    ?own=${own}
    ?grouped=${place.grouped}
    ?continued=${place.continued}
    ?highlighted=${isLit}
  ></chat-message>`;
}
