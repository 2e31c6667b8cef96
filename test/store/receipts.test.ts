import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Person, toMessage, type Message} from '../../src/model/index.js';
import {MessageLog} from '../../src/store/message-log.js';
import {Receipts} from '../../src/store/receipts.js';

/** Ids that say nothing of what came first. */
const IDS = ['f4', '0b', 'c2', '77', 'e1'].map((start) => `${start}d6a2c8-0000-4000-8000-000000000000`);

function own(index: number, isCounted = true): Message {
  const message = {id: IDS[index] ?? '', sender: {id: 1, name: 'Ali'}, content: 'x', createdAt: new Date(index)};
  return toMessage(isCounted ? {...message, position: index + 1, revision: index + 1} : message);
}

const VALI = {id: 2, name: 'Vali', firstName: 'Vali', email: null, avatarUrl: null};

describe('Receipts', () => {
  it('go on from a mark that came before its message, also where ids are not counted up', () => {
    for (const firstLoaded of [0, 1]) {
      const log = new MessageLog();
      const receipts = new Receipts(() => [log], 1);
      receipts.takeParticipants([{...VALI, lastReadMessageId: IDS[0] ?? ''}]);
      log.replaceAll([0, 1, 2, 3, 4].slice(firstLoaded).map((index) => own(index)));
      receipts.take(2, [IDS[3] ?? '']);
      const read = log.slice(0, log.size).filter(({status}) => status === 'read');
      assert.deepEqual(
        read.map(({id}) => id),
        IDS.slice(firstLoaded, 4),
      );
    }
  });

  it('mark only what they name where nothing tells the order', () => {
    const log = new MessageLog();
    const receipts = new Receipts(() => [log], 1);
    receipts.takeParticipants([{...VALI, lastReadMessageId: IDS[0] ?? ''}]);
    log.replaceAll([0, 1, 2].map((index) => own(index, false)));
    receipts.take(2, [IDS[1] ?? '']);
    assert.deepEqual(
      receipts.applyTo(log.slice(0, log.size)).map(({status}) => status),
      ['read', 'read', 'sent'],
    );
  });

  it('mark what is named also before what was read already, where nothing tells the order', () => {
    const log = new MessageLog();
    const receipts = new Receipts(() => [log], 1);
    log.replaceAll([0, 1, 2].map((index) => own(index, false)));
    receipts.take(2, [IDS[2] ?? '']);
    log.replaceAll([0, 1, 2].map((index) => ({...own(index, false), status: index === 2 ? 'read' : 'sent'})));
    receipts.takeParticipants([{...VALI, id: 3, lastReadMessageId: IDS[1] ?? ''}]);
    receipts.take(4, [IDS[0] ?? '']);
    assert.deepEqual(
      log.slice(0, log.size).map(({status}) => status),
      ['read', 'read', 'read'],
    );
  });

  it('mark nothing for what the person or somebody else has read of their own', () => {
    const log = new MessageLog();
    const receipts = new Receipts(() => [log], 1);
    log.replaceAll([own(0), {...own(1), sender: new Person({id: 2})}]);
    const statuses = () => log.slice(0, log.size).map(({status}) => status);
    receipts.takeParticipants([{...VALI, id: 1, lastReadMessageId: IDS[1] ?? ''}]);
    assert.deepEqual(statuses(), ['sent', 'sent']);
    receipts.take(2, [IDS[1] ?? '']);
    assert.deepEqual(statuses(), ['read', 'sent']);
  });

  it('never go back, whether what is told late is loaded or not', () => {
    for (const loaded of [[0, 3], [3]]) {
      const log = new MessageLog();
      const receipts = new Receipts(() => [log], 1);
      log.replaceAll(loaded.map((index) => own(index)));
      receipts.take(2, [IDS[3] ?? '']);
      receipts.take(2, [IDS[0] ?? '']);
      assert.deepEqual(
        receipts.applyTo([own(2), own(4)]).map(({status}) => status),
        ['read', 'sent'],
      );
    }
  });

  it('remember the last ten thousand that were read where nothing tells the order', () => {
    const receipts = new Receipts(() => [], 1);
    const statusOf = (index: number) => receipts.applyTo([own(index, false)])[0]?.status;
    receipts.take(2, [IDS[0] ?? '', IDS[1] ?? '']);
    assert.deepEqual([statusOf(0), statusOf(1)], ['read', 'read']);
    for (let count = 0; count < 9_999; count += 1) receipts.take(2, [`other-${count}`]);
    assert.deepEqual([statusOf(0), statusOf(1)], ['sent', 'read']);
  });

  /** A log that counts how many messages were looked at. */
  class WatchedLog extends MessageLog {
    looks = 0;

    override at(index: number): Message | undefined {
      this.looks += 1;
      return super.at(index);
    }
  }

  it('go through the messages for the first who has read on, not for each', () => {
    const message = (index: number): Message => ({...own(0), id: index, position: index, sender: new Person({id: 3})});
    const logs = [new WatchedLog(), new WatchedLog()];
    for (const log of logs) log.replaceAll(Array.from({length: 100}, (_, index) => message(index)));
    const receipts = new Receipts(() => logs, 1);
    receipts.take(10, [90]);
    for (let reader = 11; reader < 60; reader += 1) receipts.take(reader, [90 - (reader % 2)]);
    receipts.take(60, [95]);
    assert.deepEqual(
      logs.map(({looks}) => looks),
      [96, 96],
    );
  });

  it('go through the messages once, however many people there are', () => {
    const log = new WatchedLog();
    log.replaceAll([0, 1, 2, 3].map((index) => own(index)));
    const people = Array.from({length: 200}, (_, i) => ({...VALI, id: i + 2, lastReadMessageId: `long-ago-${i}`}));
    const receipts = new Receipts(() => [log], 1);
    receipts.takeParticipants([...people, {...VALI, id: 900, lastReadMessageId: IDS[1] ?? ''}]);
    assert.deepEqual(
      log.slice(0, log.size).map(({status}) => status),
      ['read', 'read', 'sent', 'sent'],
    );
    assert.equal(log.looks, 4);
  });
});
