import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';
import {sharingTransport} from '../../src/client/late-transport.js';
import {resolveOptions} from '../../src/client/options.js';
import * as sharedConnection from '../../src/client/shared-connection/index.js';
import {Logger} from '../../src/logging/index.js';
import {Bed} from '../connection/support/set-up.js';
import {settle} from '../connection/support/scripted-server.js';

type Load = () => Promise<typeof sharedConnection>;

describe('a transport whose code is loaded on first use', () => {
  const lines: string[] = [];
  const {environment} = resolveOptions({appKey: 'demo-key'});

  const openBed = (load: Load): Bed => {
    Logger.enable('ChatTransport');
    Logger.setSink(({level, message}) => lines.push(`${level}: ${message}`));
    return new Bed(undefined, {createTransport: sharingTransport(null, environment, load)});
  };

  const shared = (): string[] => lines.filter((line) => line.includes('Shares no socket'));

  afterEach(() => {
    Logger.disable();
    Logger.setSink(null);
    lines.length = 0;
  });

  it('is a socket of its own, with a warning, when the code does not come', async () => {
    const bed = openBed(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
    assert.equal(await bed.connect(), true);
    assert.deepEqual(shared(), ['warn: Shares no socket: the code for it could not be loaded']);
    bed.connection.dispose();
  });

  it('is a socket of its own, with a line in the log, while nobody knows who the person is', async () => {
    const bed = openBed(() => Promise.resolve(sharedConnection));
    assert.equal(await bed.connect(), true);
    assert.deepEqual(shared(), ['debug: Shares no socket']);
    bed.connection.dispose();
  });

  it('is connecting until the code is there, and opens nothing if it is not wanted any more by then', async () => {
    let loads = 0;
    let arrive: (code: typeof sharedConnection) => void = () => undefined;
    const bed = openBed(() => {
      loads += 1;
      return new Promise((resolve) => (arrive = resolve));
    });
    void bed.connection.connect();
    assert.equal(bed.state, 'connecting');
    bed.connection.disconnect();
    arrive(sharedConnection);
    await settle();
    assert.equal(bed.server.links.length, 0);
    const connected = bed.connection.connect();
    await bed.pass(1_000);
    assert.equal(await connected, true);
    assert.equal(loads, 1);
    bed.connection.dispose();
  });

  it('opens one socket, however often it was closed and opened before the code came', async () => {
    let arrive: (code: typeof sharedConnection) => void = () => undefined;
    const bed = openBed(() => new Promise((resolve) => (arrive = resolve)));
    for (let count = 0; count < 3; count += 1) {
      void bed.connection.connect();
      await bed.pass(1_000);
      bed.connection.disconnect();
    }
    const connected = bed.connection.connect();
    await bed.pass(1_000);
    arrive(sharedConnection);
    await settle();
    assert.equal(await connected, true);
    assert.equal(bed.server.links.length, 1);
    bed.connection.dispose();
  });
});
