import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import pusherModule, {type Channel} from 'pusher-js';
import {LaravelServer, whyNot, type Login} from './laravel-server.js';
import {RawSocket} from './raw-socket.js';

// Node gets the class itself where the declarations promise a module that holds it.
const Pusher = pusherModule as unknown as typeof pusherModule.default;
type Pusher = InstanceType<typeof Pusher>;

const PORT = 18410;
const REVERB_PORT = 18411;

interface Stored {
  readonly data: {readonly id: number; readonly revision: number; readonly content: string};
}

describe('serve:laravel', {skip: whyNot()}, () => {
  let server: LaravelServer;
  let ali: Login;
  let vali: Login;
  const sockets: Pusher[] = [];

  before(async () => {
    server = await LaravelServer.start({port: PORT, reverbPort: REVERB_PORT});
    ali = await server.login('ali@example.com');
    vali = await server.login('vali@example.com');
  });

  after(async () => {
    for (const socket of sockets) socket.disconnect();
    assert.equal(await server.stop(), 0);
    assert.equal(processesOf(PORT), '');
    assert.equal(processesOf(REVERB_PORT), '');
  });

  function listener(login: Login): Pusher {
    const socket = new Pusher('demo-key', {
      cluster: '',
      wsHost: '127.0.0.1',
      wsPort: REVERB_PORT,
      forceTLS: false,
      enabledTransports: ['ws'],
      channelAuthorization: {
        endpoint: `${server.url}/broadcasting/auth`,
        transport: 'ajax',
        headers: {Authorization: `Bearer ${login.token}`, Accept: 'application/json'},
      },
    });
    sockets.push(socket);
    return socket;
  }

  async function subscribed(socket: Pusher, name: string): Promise<Channel> {
    const channel = socket.subscribe(name);
    await new Promise<void>((resolve, reject) => {
      channel.bind('pusher:subscription_succeeded', () => resolve());
      channel.bind('pusher:subscription_error', (error: unknown) =>
        reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
      );
    });
    return channel;
  }

  const send = (login: Login, content: string, tempId: string): Promise<Response> =>
    server.request('POST', '/api/conversations/1/messages', {token: login.token, body: {content, temp_id: tempId}});

  it('prints both addresses once both answer', () => {
    assert.deepEqual(server.lines.slice(0, 2), [
      `reverb listening on http://127.0.0.1:${REVERB_PORT}`,
      `listening on ${server.url}`,
    ]);
  });

  it('brings a message to the other person exactly once, and a repeat brings nothing', async () => {
    const channel = await subscribed(listener(vali), `private-user.${vali.user.id}`);
    const seen: string[] = [];
    const last = new Promise<void>((resolve) => {
      channel.bind_global((event: string, payload: {data: {message: {content: string}; tempId: string}}) => {
        if (event !== 'App\\Events\\MessageSentEvent') return;
        seen.push(`${payload.data.tempId} ${payload.data.message.content}`);
        if (payload.data.tempId === 'serve-2') resolve();
      });
    });

    const first = await send(ali, 'Hello over Reverb', 'serve-1');
    const again = await send(ali, 'Hello over Reverb', 'serve-1');
    await send(ali, 'The last one', 'serve-2');
    await last;

    assert.equal(first.status, 201);
    assert.equal(again.status, 200);
    assert.deepEqual(await again.json(), await first.json());
    assert.deepEqual(seen, ['serve-1 Hello over Reverb', 'serve-2 The last one']);
  });

  it('refuses the channel of somebody else', async () => {
    await assert.rejects(subscribed(listener(vali), `private-user.${ali.user.id}`), /403/);
  });

  it('sends a message that is too heavy for Reverb as a thin one', async () => {
    const channel = await subscribed(listener(vali), `private-user.${vali.user.id}`);
    const event = new Promise<{data: {message: object}}>((resolve) => channel.bind('App\\Events\\MessageSentEvent', resolve));

    const stored = (await (await send(ali, 'ж'.repeat(9_000), 'serve-heavy')).json()) as Stored;

    assert.deepEqual((await event).data.message, {
      id: stored.data.id,
      conversation_id: 1,
      revision: stored.data.revision,
      thin: true,
    });
  });

  it('gives revisions without holes to forty writers at once', async () => {
    const answers = await Promise.all(
      Array.from(
        {length: 40},
        async (_, n) => (await send(n % 2 ? ali : vali, `at once ${n}`, `race-${n}`)).json() as Promise<Stored>,
      ),
    );

    const revisions = answers.map((answer) => answer.data.revision).sort((a, b) => a - b);
    assert.deepEqual(
      revisions,
      Array.from({length: 40}, (_, n) => (revisions[0] ?? 0) + n),
    );
  });

  it('stores one row for twenty repeats at once', async () => {
    const answers = await Promise.all(Array.from({length: 20}, () => send(ali, 'once', 'repeat')));

    const rows = (await Promise.all(answers.map((answer) => answer.json()))) as Stored[];
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [...Array<number>(19).fill(200), 201]);
    assert.equal(new Set(rows.map((row) => row.data.id)).size, 1);
  });

  it('stores messages while Reverb is away, and broadcasts again when it is back', async () => {
    await server.stopReverb();
    assert.equal((await send(ali, 'Nobody hears this', 'outage')).status, 201);

    await server.startReverb();
    const channel = await subscribed(listener(vali), `private-user.${vali.user.id}`);
    const event = new Promise<{data: {tempId: string}}>((resolve) => channel.bind('App\\Events\\MessageSentEvent', resolve));
    await send(ali, 'And this again', 'back');
    assert.equal((await event).data.tempId, 'back');
  });

  it('ends a token that was logged out', async () => {
    const nodira = await server.login('nodira@example.com');
    assert.equal((await server.request('POST', '/api/logout', {token: nodira.token})).status, 204);
    assert.equal((await server.request('GET', '/api/conversations', {token: nodira.token})).status, 401);
  });

  it('says which port is taken and starts nothing', async () => {
    const second = LaravelServer.start({port: PORT, reverbPort: 18413});
    await assert.rejects(second, /Port 18410 is taken/);
  });
});

describe('serve:laravel, killed', {skip: whyNot()}, () => {
  it('leaves no process behind, not even after kill -9', async () => {
    const server = await LaravelServer.start({port: 18414, reverbPort: 18415});
    const socket = new RawSocket('ws://127.0.0.1:18415/app/demo-key');
    await socket.connected();

    assert.equal(await server.stop('SIGKILL'), 'SIGKILL');

    await socket.closed;
    assert.equal(await settled(18414), '');
    assert.equal(await settled(18415), '');
  });
});

describe('serve:laravel, wrongly called', {skip: whyNot()}, () => {
  for (const flags of [['--port', 'x'], ['--port', '0'], ['--nonsense'], ['--port', '8080']]) {
    it(`exits with 2 and the usage at ${flags.join(' ')}`, () => {
      const {status, stderr} = spawnSync(process.execPath, ['demo/laravel/serve.mjs', ...flags], {encoding: 'utf8'});
      assert.equal(status, 2);
      assert.match(stderr, /usage: node demo\/laravel\/serve\.mjs/);
    });
  }
});

describe('serve:laravel, with a file that is no database of its own', {skip: whyNot()}, () => {
  it('says so in a sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ws-chat-laravel-'));
    try {
      const text = join(folder, 'notes.txt');
      await writeFile(text, 'These are notes, and no database at all.');
      for (const [db, reason] of [
        [folder, 'unable to open database file'],
        [text, 'file is not a database'],
      ] as const) {
        const flags = ['--port', '18416', '--reverb-port', '18417', '--db', db];
        const {status, stderr} = spawnSync(process.execPath, ['demo/laravel/serve.mjs', ...flags], {encoding: 'utf8'});
        assert.equal(status, 1);
        assert.equal(stderr.trim().split('\n').at(-1), `Cannot use ${db} as the database: ${reason}.`);
        assert.doesNotMatch(stderr, /stacktrace|^#0 /mu);
      }
    } finally {
      await rm(folder, {recursive: true});
      await rm(`${folder}.storage`, {recursive: true, force: true});
    }
  });
});

/** The processes whose command line names this port, except this one. */
function processesOf(port: number): string {
  const {stdout} = spawnSync('ps', ['-eo', 'pid=,args='], {encoding: 'utf8'});
  return stdout
    .split('\n')
    .filter((line) => line.includes('php') && line.includes(String(port)))
    .join('\n');
}

/** As `processesOf`, but waits for processes that are on their way out: nothing tells a stranger when they are gone. */
async function settled(port: number): Promise<string> {
  for (let turn = 0; turn < 500 && processesOf(port) !== ''; turn += 1) await setImmediate();
  return processesOf(port);
}
