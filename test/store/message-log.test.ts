import assert from 'node:assert/strict';
import {beforeEach, describe, it} from 'node:test';
import fc from 'fast-check';
import type {LogChange} from '../../src/model/index.js';
import {messageKey} from '../../src/model/index.js';
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

  it('lets a follower rebuild the log from the notices alone', () => {
    const batch = fc.array(fc.integer({min: 1, max: 60}), {minLength: 1, maxLength: 12});
    fc.assert(
      fc.property(
        fc.array(fc.oneof(batch, fc.constant('unsent' as const), fc.constant('confirm' as const)), {maxLength: 15}),
        (steps) => {
          const followed = new MessageLog();
          let rows: string[] = [];
          const keyAt = (index: number): string => messageKey(followed.at(index)!);
          followed.subscribe((change) => {
            if (change.type === 'appended')
              for (let left = change.count; left > 0; left -= 1) rows.push(keyAt(followed.size - left));
            if (change.type === 'prepended') rows.unshift(...Array.from({length: change.count}, (_, index) => keyAt(index)));
            if (change.type === 'inserted') {
              rows.splice(change.index, 0, ...Array.from({length: change.count}, (_, index) => keyAt(change.index + index)));
            }
            if (change.type === 'removed') rows.splice(change.index, change.count);
            if (change.type === 'moved') rows.splice(change.to, 0, ...rows.splice(change.from, 1));
            if (change.type === 'reset') rows = followed.slice(0, followed.size).map(messageKey);
          });
          const waiting: string[] = [];
          let next = 100;
          for (const step of steps) {
            if (step === 'unsent') {
              const tempId = `t${(next += 1)}`;
              followed.merge([unsent(tempId)]);
              waiting.push(tempId);
            } else if (step === 'confirm') {
              const tempId = waiting.pop();
              if (tempId) followed.merge([stored((next += 1), {tempId, sender: {id: 1, name: 'Ali'}})]);
            } else followed.merge(step.map((position) => stored(position)));
          }
          assert.deepEqual(rows, followed.slice(0, followed.size).map(messageKey));
        },
      ),
      {numRuns: 400},
    );
  });
});
