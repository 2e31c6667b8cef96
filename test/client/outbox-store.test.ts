import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {scopeOf, wipeOutboxStorage} from '../../src/client/outbox-store.js';
import {createFakeServer} from '../../src/testing/fake-server.js';

describe('the name under which tabs share', () => {
  it('is another for another person, and for another backend', () => {
    const names = [
      scopeOf('https://one.test/api', 1),
      scopeOf('https://one.test/api', 2),
      scopeOf('https://two.test/api', 1),
      scopeOf('https://one.test/v2', 1),
    ];
    assert.equal(new Set(names).size, 4);
    assert.equal(scopeOf('https://one.test/api', '1'), names[0], 'as 1 and "1" are the same person');
  });

  it('is none while it is not known who the person is', () => {
    assert.equal(scopeOf('https://one.test/api', null), null);
  });

  it('holds neither the address nor the id in plain', () => {
    assert.doesNotMatch(scopeOf('https://one.test/api', 'ali') ?? '', /one|ali/u);
  });
});

describe('deleting what is kept of a person', () => {
  it('resolves where the browser refuses, as it does in a sandboxed frame', async () => {
    const refuse = (): never => {
      throw new DOMException('denied in this context', 'SecurityError');
    };
    Object.defineProperty(globalThis, 'indexedDB', {value: {open: refuse, deleteDatabase: refuse}, configurable: true});
    const server = createFakeServer();
    try {
      await wipeOutboxStorage('scope', {...server.environment, storage: 'persistent'});
    } finally {
      Reflect.deleteProperty(globalThis, 'indexedDB');
      server.dispose();
    }
  });
});
