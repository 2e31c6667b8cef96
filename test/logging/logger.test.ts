import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it, mock} from 'node:test';
import {Logger, createLog, type LogEntry} from '../../src/logging/index.js';

const transport = createLog('ChatTransport');
const controller = createLog('ConnectionController');
const outbox = createLog('Outbox');

describe('Logger', () => {
  let entries: LogEntry[];
  const tags = (): string[] => entries.map(({tag}) => tag);
  const speak = (): void => {
    transport.debug('t');
    controller.info('c');
    outbox.warn('o');
  };

  beforeEach(() => {
    entries = [];
    Logger.setSink((entry) => entries.push(entry));
  });
  afterEach(() => {
    Logger.disable();
    Logger.setSink(null);
  });

  it('is off until it is enabled, and off again after', () => {
    speak();
    Logger.enable();
    speak();
    Logger.disable();
    speak();
    assert.deepEqual(tags(), ['ChatTransport', 'ConnectionController', 'Outbox']);
  });

  it('writes level, tag, message and fields', () => {
    Logger.enable();
    transport.error('closed', {code: 4001});
    outbox.info('empty');
    assert.deepEqual(entries[0], {
      level: 'error',
      tag: 'ChatTransport',
      message: 'closed',
      fields: {code: 4001},
    });
    assert.deepEqual(entries[1], {level: 'info', tag: 'Outbox', message: 'empty', fields: null});
  });

  const filters: readonly (readonly [string, Parameters<typeof Logger.enable>[0], readonly string[]])[] = [
    ['one tag', 'Outbox', ['Outbox']],
    ['one tag in another case', 'outbox', ['Outbox']],
    ['tags between commas', 'Outbox, ChatTransport', ['ChatTransport', 'Outbox']],
    ['a list', ['Outbox', 'ConnectionController'], ['ConnectionController', 'Outbox']],
    ['a pattern', /^C/, ['ChatTransport', 'ConnectionController']],
    ['a function of tag and level', (_tag, level) => level === 'warn', ['Outbox']],
    ['the old name of the transport', 'WebSocketService', ['ChatTransport']],
    ['the old name of the controller', 'WebSocketManager', ['ConnectionController']],
    ['a star', '*', ['ChatTransport', 'ConnectionController', 'Outbox']],
    ['a tag that is none', 'Nothing', []],
    ['an empty string', '', []],
    ['an empty list', [], []],
  ];
  for (const [what, filter, expected] of filters) {
    it(`is filtered by ${what}`, () => {
      Logger.enable(filter);
      speak();
      assert.deepEqual(tags(), expected);
    });
  }

  it('lets a sticky or global pattern match every time', () => {
    Logger.enable(/Outbox/gy);
    for (let i = 0; i < 3; i += 1) outbox.info('x');
    assert.equal(entries.length, 3);
  });

  it('makes fields only for lines that are written', () => {
    const fields = mock.fn(() => ({a: 1}));
    outbox.info('off', fields);
    Logger.enable('ChatTransport');
    outbox.info('filtered', fields);
    assert.equal(fields.mock.callCount(), 0);
    Logger.enable('Outbox');
    outbox.info('on', fields);
    assert.equal(fields.mock.callCount(), 1);
    assert.equal(entries[0]?.fields?.['a'], 1);
  });

  it('harms nobody when a sink, a filter or a field throws', () => {
    const fail = (): never => {
      throw new Error('host');
    };
    Logger.enable(fail);
    outbox.info('x');
    Logger.enable();
    outbox.info('x', fail);
    Logger.setSink(fail);
    outbox.info('x');
    assert.deepEqual(entries, []);
  });

  it('writes no secret, neither in the message nor in the fields', () => {
    Logger.enable();
    transport.info('POST with Bearer abc.def-123', {token: 'abc', nested: {auth: 'demo-key:ff'}});
    assert.doesNotMatch(JSON.stringify(entries), /abc|demo-key:ff/);
  });

  it('writes to the console by default, by level and with the tag', () => {
    const warn = mock.method(console, 'warn', () => undefined);
    Logger.setSink(null);
    Logger.enable();
    outbox.warn('full', {size: 3});
    outbox.warn('empty');
    assert.equal(warn.mock.calls[0]?.arguments[0], '[ws-chat] Outbox: full');
    assert.equal((warn.mock.calls[0].arguments[1] as {size: number}).size, 3);
    assert.deepEqual(warn.mock.calls[1]?.arguments, ['[ws-chat] Outbox: empty']);
    warn.mock.restore();
  });
});
