import {expect} from '@open-wc/testing';
import {isOwn, placeOf, type RowPlace} from '../../src/elements/message-groups.js';
import {toMessage, type Message, type MessageInput} from '../../src/model/index.js';
import {message} from './messages.js';

describe('placeOf()', () => {
  /** A message of Ana at this time of 2026, in the time zone of the browser. */
  const at = (when: string, more: Partial<MessageInput> = {}): Message =>
    toMessage(message(1, {createdAt: new Date(`2026-${when}`), ...more}));
  const after = (before: Message, one: Message, unread: number | null = null): RowPlace =>
    placeOf(before, one, undefined, unread);

  it('begins a day with what is of another date, be it the same day of another month or year', () => {
    const before = at('03-05T10:00');
    expect(placeOf(undefined, before, undefined, null).opensDay, 'the first of all').to.equal(true);
    expect(after(before, at('03-05T23:59')).opensDay).to.equal(false);
    expect(after(before, at('03-06T00:00')).opensDay).to.equal(true);
    expect(after(before, at('04-05T10:00')).opensDay).to.equal(true);
    expect(after(before, at('03-05T10:00', {createdAt: new Date('2027-03-05T10:00')})).opensDay).to.equal(true);
  });

  it('groups what one person writes within five minutes of one day, whichever of the two clocks is behind', () => {
    const before = at('03-05T10:00');
    expect(after(before, at('03-05T10:04')).grouped).to.equal(true);
    expect(after(before, at('03-05T10:05')).grouped).to.equal(false);
    expect(after(before, at('03-05T09:56')).grouped).to.equal(true);
    expect(after(before, at('03-05T09:55')).grouped).to.equal(false);
    expect(after(before, at('03-05T10:01', {sender: {id: 3, name: 'Ana'}})).grouped).to.equal(false);
    expect(after(before, at('03-05T10:01', {sender: {id: '2', name: ''}})).grouped, 'one id in two forms').to.equal(true);
    expect(after(at('03-05T23:58'), at('03-06T00:01')).grouped).to.equal(false);
  });

  it('begins what is unread with a group of its own', () => {
    const [before, one] = [at('03-05T10:00', {id: 0}), at('03-05T10:01')];
    expect(placeOf(undefined, before, one, 1)).to.include({opensUnread: false, continued: false});
    expect(after(before, one, 1)).to.include({opensUnread: true, grouped: false});
    expect(placeOf(undefined, before, one, null)).to.include({opensUnread: false, continued: true});
    expect(placeOf(undefined, before, one, 0)).to.include({opensUnread: true, continued: true});
  });
});

describe('isOwn()', () => {
  const of = (id: number | string, status: MessageInput['status'] = 'sent'): Message =>
    toMessage(message(1, {sender: {id}, status}));

  it('knows by the id, which may be 0, and takes what is not sent and of nobody for own', () => {
    expect(isOwn(of(0), 0)).to.equal(true);
    expect(isOwn(of(0), '0')).to.equal(true);
    expect(isOwn(of(2), 1)).to.equal(false);
    expect(isOwn(of(2, 'failed'), 1)).to.equal(false);
    expect(isOwn(of('', 'queued'), null)).to.equal(true);
    expect(isOwn(of(''), null)).to.equal(false);
  });
});
