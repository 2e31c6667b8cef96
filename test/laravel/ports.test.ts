import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {it} from 'node:test';
import {promisify} from 'node:util';
import {freePort} from '../../demo/laravel/serve/ports.mjs';

it('is below the ports that a system gives to outgoing connections, 32768 and more on Linux', async () => {
  for (const random of [0.999999, 0]) {
    const port = await freePort(() => random);
    assert.ok(port >= 20_000 && port < 32_768, String(port));
  }
});

it('can be listened on, and is none that somebody listens on', async () => {
  const draws = [0.25, 0.25, 0.5];
  const taken = createServer().listen(await freePort(() => 0.25), '127.0.0.1');
  await once(taken, 'listening');
  try {
    const port = await freePort(() => draws.shift() ?? 0.75);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    assert.equal(draws.length, 0);
  } finally {
    taken.close();
  }
});

it('is given to one only, though nobody listens on it yet, and in another process neither', async () => {
  const ports = await Promise.all(Array.from({length: 200}, () => freePort()));
  assert.equal(new Set(ports).size, 200);

  const mine = await freePort();
  const module = new URL('../../demo/laravel/serve/ports.mjs', import.meta.url).href;
  // Draws mine first, and then what it likes.
  const share = (mine - 20_000) / 12_768 + 1e-9;
  const script = `
    import {freePort} from ${JSON.stringify(module)};
    let draws = 0;
    console.log(await freePort(() => draws++ ? Math.random() : ${share}), draws);`;
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const [theirs, draws] = stdout.split(' ').map(Number);
  assert.notEqual(theirs, mine);
  assert.ok(draws && draws > 1);
});

it('says so when there is none', async () => {
  const port = await freePort(() => 0.125);
  assert.ok(port);
  await assert.rejects(
    freePort(() => 0.125),
    /No free port was found from 20000 to 32767/u,
  );
});
