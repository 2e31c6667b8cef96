import assert from 'node:assert/strict';
import {beforeEach, describe, it} from 'node:test';
import fc from 'fast-check';
import {isConfirmed, messageKey, type Id, type LogChange, type Message} from '../../src/model/index.js';
import {MessageLog} from '../../src/store/message-log.js';
import {stored, unsent} from '../support/messages.js';

describe('MessageLog', () => {
  let log: MessageLog;
  let changes: LogChange[];

  beforeEach(() => {
    log = new MessageLog();
    changes = [];
    log.subscribe((change) => changes.push(change));
  });

  const ids = (): unknown[] => log.slice(0, log.size).map(({id}) => id);

  it('tells what was appended, prepended and inserted, a run at a time', () => {
    log.merge([stored(10), stored(11)]);
    log.merge([stored(4), stored(3)]);
    log.merge([stored(6), stored(12), stored(5)]);
    assert.deepEqual(ids(), [3, 4, 5, 6, 10, 11, 12]);
    assert.deepEqual(changes, [
      {type: 'appended', count: 2},
      {type: 'prepended', count: 2},
      {type: 'inserted', index: 2, count: 2},
      {type: 'appended', count: 1},
    ]);
  });

  it('takes the same message once, however often it comes and however its id is written', () => {
    log.merge([stored(1), stored(1)]);
    log.merge([stored(1, {id: '1'})]);
    assert.equal(log.size, 1);
    assert.equal(log.get('1'), log.get(1));
  });

  it('takes a message once of which one state says its temp id and another does not', () => {
    const own = {sender: {id: 1}, tempId: 'a'};
    log.merge([stored(1, own), stored(1, {...own, tempId: null, revision: 2, content: 'edited'})]);
    log.merge([stored(3, {...own, tempId: null, revision: 4, content: 'edited'}), stored(3, {...own, tempId: 'b'})]);
    assert.deepEqual(ids(), [1, 3]);
    assert.deepEqual(
      log.slice(0, 2).map(({content}) => content),
      ['edited', 'edited'],
    );
  });

  it('believes the higher revision, whichever comes first', () => {
    log.merge([stored(1, {revision: 5, content: 'edited'})]);
    log.merge([stored(1, {revision: 1, content: 'first'})]);
    assert.equal(log.get(1)?.content, 'edited');
    log.merge([stored(1, {revision: 6, content: 'edited again'})]);
    assert.equal(log.get(1)?.content, 'edited again');
    assert.deepEqual(changes.at(-1), {type: 'changed', keys: ['1']});
  });

  it('puts the stored message in the place of the unsent one, as the same row', () => {
    log.merge([stored(1), unsent('a')]);
    const before = log.get('a');
    log.merge([stored(2, {tempId: 'a', sender: {id: 1, name: 'Ali'}})]);
    const after = log.get('a');
    assert.deepEqual(ids(), [1, 2]);
    assert.equal(after?.status, 'sent');
    assert.equal(messageKey(before!), messageKey(after));
    assert.deepEqual(changes.at(-1), {type: 'changed', keys: ['a']});
  });

  it('moves the row when the server placed it elsewhere', () => {
    log.merge([stored(1), unsent('a'), unsent('b')]);
    log.merge([stored(2, {tempId: 'b', sender: {id: 1, name: 'Ali'}})]);
    assert.deepEqual(ids(), [1, 2, 'a']);
    assert.deepEqual(changes.at(-1), {type: 'moved', key: 'b', from: 2, to: 1});
  });

  it('keeps unsent messages in the order of writing, below everything stored', () => {
    log.merge([unsent('a', {createdAt: new Date(1_700_000_000_001)}), unsent('z')]);
    log.merge([stored(7)]);
    assert.deepEqual(ids(), [7, 'z', 'a']);
  });

  it('does not let somebody else take the row of one’s own message by its temp id', () => {
    log.merge([unsent('a')]);
    log.merge([stored(3, {tempId: 'a', sender: {id: 66, name: 'Mallory'}, content: 'mine now'})]);
    assert.deepEqual(ids(), [3, 'a']);
    assert.equal(log.slice(1, 2)[0]?.content, 'unsent a');
  });

  it('keeps messages of two people who have chosen the same temp id, also where they come at once', () => {
    const copied = [
      stored(3, {tempId: 'a', sender: {id: 1, name: 'Ali'}}),
      stored(4, {tempId: 'a', sender: {id: 66, name: 'Mallory'}}),
    ];
    log.merge(copied);
    assert.deepEqual(ids(), [3, 4]);
    log.replaceAll(copied);
    assert.deepEqual(ids(), [3, 4]);
  });

  it('drops the unsent twin when the stored one came in first without its temp id', () => {
    log.merge([unsent('a')]);
    log.merge([stored(3, {sender: {id: 1, name: 'Ali'}})]);
    assert.equal(log.size, 2);
    log.merge([stored(3, {sender: {id: 1, name: 'Ali'}, tempId: 'a', revision: 4})]);
    assert.deepEqual(ids(), [3]);
  });

  it('never brings back a deleted message where the backend does not count', () => {
    const plain = {position: null, revision: null};
    log.merge([stored(1, {...plain, deletedAt: new Date(1)})]);
    log.merge([stored(1, plain)]);
    assert.notEqual(log.get(1)?.deletedAt, null);
  });

  it('orders by time where the backend does not count', () => {
    const plain = {position: null, revision: null};
    log.merge([stored(5, plain), stored(2, plain)]);
    log.merge([stored(3, plain)]);
    assert.deepEqual(ids(), [2, 3, 5]);
  });

  it('orders by position, whatever ids and times say', () => {
    log.merge([stored(1, {position: 2}), stored(2, {position: 1})]);
    assert.deepEqual(ids(), [2, 1]);
  });

  it('orders by id what was written at one moment', () => {
    const plain = {position: null, revision: null, createdAt: new Date(0)};
    const given = [10, 9, 11, 'b', 'a'].map((id) => stored(0, {...plain, id}));
    log.merge(given);
    assert.deepEqual(ids(), [9, 'a', 'b', 10, 11]);
    log.replaceAll([...given].reverse());
    assert.deepEqual(ids(), [9, 'a', 'b', 10, 11]);
  });

  it('keeps what is not sent when the rest is replaced', () => {
    log.merge([stored(1), stored(2), unsent('a')]);
    log.replaceConfirmed([stored(9), stored(8)]);
    assert.deepEqual(ids(), [8, 9, 'a']);
    assert.deepEqual(changes.at(-1), {type: 'reset', focus: undefined});
    assert.equal(log.indexOf(1), -1);
  });

  it('keeps no unsent message whose stored form is among the others, whoever it was thought to be from', () => {
    log.merge([stored(1), unsent('a'), unsent('b', {sender: {id: ''}})]);
    log.replaceConfirmed([stored(2, {tempId: 'a', sender: {id: 1}}), stored(3, {tempId: 'b', sender: {id: 1}})]);
    assert.deepEqual(ids(), [2, 3]);
  });

  it('takes more at once than a function takes arguments, at the end and in the middle', () => {
    const many = Array.from({length: 150_000}, (_, index) => stored(index + 2));
    log.merge([stored(1), stored(200_000)]);
    log.merge(many);
    assert.equal(log.size, 150_002);
    assert.equal(log.indexOf(150_001), 150_000);
    assert.deepEqual(changes.slice(1), [{type: 'inserted', index: 1, count: 150_000}]);
    log.replaceAll(many);
    assert.equal(log.size, 150_000);
  });

  it('fills in what a page leaves out, once for each message', () => {
    const given = Array.from({length: 3}, (_, i) => ({
      id: i + 1,
      sender: {id: 2},
      content: 'Hi',
      createdAt: '2026-01-05T09:00:00Z',
    }));
    log.replaceAll(given);
    assert.equal(log.at(1)?.createdAt.getTime(), Date.UTC(2026, 0, 5, 9));
    assert.deepEqual(log.at(1)?.reactions, []);
    assert.equal(log.at(1), log.get('2'));
    assert.equal(log.at(1), log.slice(1, 2)[0]);
    assert.equal(log.indexOf(2), 1);
  });

  it('sorts what it is given, and takes each message once, whatever its ids are', () => {
    const at = (id: number | string, minute: number) => ({
      id,
      sender: {id: 2},
      content: '',
      createdAt: new Date(minute * 60_000),
    });
    log.replaceAll([at(3, 2), at('a', 3), at(1, 1), at('3', 2)]);
    assert.deepEqual(ids(), [1, '3', 'a']);
    log.merge([stored(4, {position: null, id: '4', createdAt: new Date(90_000)})]);
    assert.deepEqual(ids(), [1, '4', '3', 'a']);
    assert.equal(log.indexOf(4), 1);
    assert.equal(log.get('04'), undefined);
  });

  it('is the same after any order of the same changes', () => {
    const versions = Array.from({length: 12}, (_, index) => [
      stored(index + 1),
      stored(index + 1, {revision: 20 + index, content: 'edited'}),
    ]).flat();
    fc.assert(
      fc.property(fc.shuffledSubarray(versions, {minLength: versions.length}), fc.integer({min: 1, max: 6}), (order, size) => {
        const other = new MessageLog();
        for (let from = 0; from < order.length; from += size) other.merge(order.slice(from, from + size));
        assert.deepEqual(
          other.slice(0, other.size).map(({id, content}) => [id, content]),
          Array.from({length: 12}, (_, index) => [index + 1, 'edited']),
        );
      }),
      {numRuns: 200},
    );
  });

  it('lets a follower rebuild the log from the notices alone, and finds what is in it and nothing else', () => {
    const batch = fc.array(fc.integer({min: 1, max: 60}), {minLength: 1, maxLength: 12});
    const act = fc.constantFrom('edit', 'editAll', 'remove', 'removeRange', 'replaceConfirmed', 'replaceAll');
    const change = fc.record({act, at: fc.nat(20), count: fc.nat(3)});
    fc.assert(
      fc.property(
        fc.array(fc.oneof(batch, change, fc.constant('unsent' as const), fc.constant('confirm' as const)), {maxLength: 15}),
        (steps) => {
          const followed = new MessageLog();
          let rows: [string, string][] = [];
          const rowAt = (index: number): [string, string] => [messageKey(followed.at(index)!), followed.at(index)!.content];
          const rowsFrom = (start: number, length: number) => Array.from({length}, (_, index) => rowAt(start + index));
          followed.subscribe((notice) => {
            if ('count' in notice) assert.ok(notice.count > 0);
            if (notice.type === 'appended') rows.push(...rowsFrom(followed.size - notice.count, notice.count));
            if (notice.type === 'prepended') rows.unshift(...rowsFrom(0, notice.count));
            if (notice.type === 'inserted') rows.splice(notice.index, 0, ...rowsFrom(notice.index, notice.count));
            if (notice.type === 'removed') rows.splice(notice.index, notice.count);
            if (notice.type === 'moved') {
              rows.splice(notice.from, 1);
              rows.splice(notice.to, 0, rowAt(notice.to));
            }
            if (notice.type === 'changed')
              rows = rows.map((row) => (notice.keys.includes(row[0]) ? rowAt(followed.indexOf(row[0])) : row));
            if (notice.type === 'reset') rows = rowsFrom(0, followed.size);
          });
          const seen = new Set<Id>();
          let next = 100;
          for (const step of steps) {
            const all = followed.slice(0, followed.size);
            for (const {id, tempId} of all) seen.add(id).add(tempId ?? id);
            const waiting = all.filter((message) => !isConfirmed(message));
            const newer = (message: Message): Message => ({...message, revision: (next += 1), content: `edit ${next}`});
            if (step === 'unsent') followed.merge([unsent(`t${(next += 1)}`, {createdAt: new Date(next)})]);
            else if (step === 'confirm') {
              const confirmed = waiting.at(next % 2 ? 0 : -1);
              if (confirmed?.tempId) followed.merge([stored((next += 1), {tempId: confirmed.tempId, sender: confirmed.sender})]);
            } else if (Array.isArray(step)) followed.merge(step.map((position) => stored(position)));
            else {
              const some = all.slice(step.at, step.at + step.count);
              if (step.act === 'edit') for (const message of some) followed.update(message.id, newer(message));
              if (step.act === 'editAll') followed.updateAll([...some.map(({id}) => id), 'nobody'], newer);
              if (step.act === 'remove') for (const {id} of some) followed.remove(id);
              if (step.act === 'removeRange') followed.removeRange(step.at, step.count);
              if (step.act === 'replaceConfirmed') followed.replaceConfirmed(some.filter(isConfirmed));
              if (step.act === 'replaceAll') followed.replaceAll(some);
            }
          }
          const left = followed.slice(0, followed.size);
          assert.deepEqual(rows, rowsFrom(0, left.length));
          for (const id of seen) {
            const index = left.findIndex((message) => message.id === id || message.tempId === id);
            assert.equal(followed.indexOf(id), index);
            assert.equal(followed.get(id), left[index]);
          }
          assert.equal(followed.newest, left.filter(isConfirmed).at(-1));
        },
      ),
      {numRuns: 400},
    );
  });

  it('tells nothing where nothing changed', () => {
    log.merge([stored(1), unsent('a')]);
    changes = [];
    log.merge([stored(1)]);
    log.updateAll([1, 2], (message) => message);
    assert.equal(log.update(2, {content: 'new'}), undefined);
    log.remove(2);
    log.removeRange(1, 0);
    log.removeRange(2, 5);
    assert.deepEqual(changes, []);
  });

  it('keeps what is not sent where nothing was stored before', () => {
    log.merge([unsent('a')]);
    log.replaceConfirmed([stored(1)]);
    assert.deepEqual(ids(), [1, 'a']);
  });

  it('forgets what was replaced or removed before anybody asked for it', () => {
    log.replaceAll([stored(1), stored(2), stored(3)]);
    log.replaceAll([stored(2), stored(3), stored(4)]);
    log.removeRange(1, 1);
    assert.deepEqual(
      [1, 2, 3, 4].map((id) => log.indexOf(id)),
      [-1, 0, -1, 1],
    );
    log.merge([stored(3)]);
    assert.deepEqual(ids(), [2, 3, 4]);
  });

  it('leaves a row its key when the server says no more what its temp id was', () => {
    const own = {sender: {id: 1}};
    log.merge([unsent('a')]);
    log.merge([stored(1, {...own, tempId: 'a'})]);
    log.merge([stored(1, {...own, revision: 2, content: 'edited'})]);
    assert.equal(log.get('a')?.content, 'edited');
    assert.deepEqual(changes.at(-1), {type: 'changed', keys: ['a']});
  });

  it('shows no message as unsent again that is stored, but one that failed as stored', () => {
    const own = {sender: {id: 1}, revision: null, tempId: 'a'};
    log.merge([stored(1, own)]);
    log.merge([unsent('a')]);
    assert.equal(log.get('a')?.status, 'sent');
    log.merge([unsent('b')]);
    log.merge([unsent('b', {content: 'written anew'})]);
    assert.equal(log.get('b')?.content, 'written anew');
    log.merge([stored(2, {status: 'failed'})]);
    log.merge([stored(2)]);
    assert.equal(log.get(2)?.status, 'sent');
  });

  it('believes a message without a revision less than one with it', () => {
    log.merge([stored(1)]);
    log.merge([stored(1, {revision: null, content: 'older'})]);
    assert.equal(log.get(1)?.content, 'message 1');
    log.merge([stored(2, {revision: null})]);
    log.merge([stored(2, {content: 'newer'})]);
    assert.equal(log.get(2)?.content, 'newer');
  });

  it('takes one message of the two where it is given the unsent one beside the stored', () => {
    log.replaceAll([unsent('a'), stored(1, {tempId: 'a', sender: {id: 1}})]);
    assert.deepEqual(ids(), [1]);
  });
});
