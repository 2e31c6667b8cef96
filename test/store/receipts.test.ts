import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {toMessage, type Message} from '../../src/model/index.js';
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
      log.slice(0, log.size).map((message) => receipts.applyTo(message).status),
      ['read', 'read', 'sent'],
    );
  });

  it('remember the last ten thousand that were read where nothing tells the order', () => {
    const receipts = new Receipts(() => [], 1);
    const statusOf = (index: number) => receipts.applyTo(own(index, false)).status;
    receipts.take(2, [IDS[0] ?? '', IDS[1] ?? '']);
    assert.deepEqual([statusOf(0), statusOf(1)], ['read', 'read']);
    for (let count = 0; count < 9_999; count += 1) receipts.take(2, [`other-${count}`]);
    assert.deepEqual([statusOf(0), statusOf(1)], ['sent', 'read']);
  });

  it('go through the messages once, however many people there are', () => {
    let looks = 0;
    const log = new (class extends MessageLog {
      override at(index: number): Message | undefined {
        looks += 1;
        return super.at(index);
      }
    })();
    log.replaceAll([0, 1, 2, 3].map((index) => own(index)));
    const people = Array.from({length: 200}, (_, i) => ({...VALI, id: i + 2, lastReadMessageId: `long-ago-${i}`}));
    const receipts = new Receipts(() => [log], 1);
    receipts.takeParticipants([...people, {...VALI, id: 900, lastReadMessageId: IDS[1] ?? ''}]);
    assert.deepEqual(
      log.slice(0, log.size).map(({status}) => status),
      ['read', 'read', 'sent', 'sent'],
    );
    assert.equal(looks, 4);
  });
});
