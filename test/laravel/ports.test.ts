import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {createServer, type Server} from 'node:net';
import {it} from 'node:test';
import {promisify} from 'node:util';
import {freePort} from '../../demo/laravel/serve/ports.mjs';

/** What has to be drawn for this port, whose neighbour above is its sign. */
const drawOf = (port: number): number => (port - 20_000) / 12_768 + 1e-9;

/** Draws these first. Others on this machine may have any port, so anything may have to follow. */
function draws(...first: number[]): {readonly draw: () => number; readonly count: () => number} {
  let count = 0;
  return {draw: () => first[count++] ?? Math.random(), count: () => count};
}

/** A port that is listened on, while its sign is free. */
async function taken(): Promise<{readonly port: number; readonly server: Server}> {
  for (;;) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 6_384);
    const [server, sign] = [createServer(), createServer()];
    try {
      await once(sign.listen(port + 1, '127.0.0.1'), 'listening');
      await once(server.listen(port, '127.0.0.1'), 'listening');
      return {port, server};
    } catch {
      server.close();
    } finally {
      sign.close();
    }
  }
}

it('is below the ports that a system gives to outgoing connections, 32768 and more on Linux', async () => {
  for (const from of [0, 1]) {
    // From either end of the range on, one pair of ports after the other.
    let at = 0;
    const port = await freePort(() => Math.min(0.999999, Math.abs(from - at++ / 6_384)));
    assert.ok(port >= 20_000 && port < 32_767, String(port));
  }
});

it('can be listened on, and is none that somebody listens on', async () => {
  const other = await taken();
  const {draw, count} = draws(drawOf(other.port));
  try {
    const port = await freePort(draw);
    assert.notEqual(port, other.port);
    assert.ok(count() > 1);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
  } finally {
    other.server.close();
  }
});

it('is given to one only, though nobody listens on it yet, and in another process neither', async () => {
  const ports = await Promise.all(Array.from({length: 200}, () => freePort()));
  assert.equal(new Set(ports).size, 200);

  const mine = await freePort();
  const module = new URL('../../demo/laravel/serve/ports.mjs', import.meta.url).href;
  const script = `
    import {freePort} from ${JSON.stringify(module)};
    let count = 0;
    console.log(await freePort(() => (count++ ? Math.random() : ${drawOf(mine)})), count);`;
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const [theirs, count] = stdout.split(' ').map(Number);
  assert.notEqual(theirs, mine);
  assert.ok(count && count > 1);
});

it('says so when there is none', async () => {
  const mine = await freePort();
  await assert.rejects(
    freePort(() => drawOf(mine)),
    /No free port was found from 20000 to 32767/u,
  );
});
