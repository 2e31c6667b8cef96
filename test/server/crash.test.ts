import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import Database from 'libsql';
import {readArgs, UsageError} from '../../demo/server/args.js';
import {ChatDatabase} from '../../demo/server/database.js';
import {runToEnd, ServerProcess} from './process.js';
import {call, Caller, start, type TestMessage} from './start.js';
import {Wire} from './wire.js';

/** Rounds of killing; `CRASH_ROUNDS=50` is the full size. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 2);
const WRITES_BEFORE_KILL = 40;

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ws-chat-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, {recursive: true});
  }
}

async function signIn(url: string): Promise<Caller> {
  const {body} = await call<{token: string}>(url, 'POST', '/api/login', {body: {email: 'ali@example.com', password: 'password'}});
  return new Caller(url, body.token, 1);
}

/** Writes as fast as it can in four lines until the server is gone; kills it in the middle. Returns what was acknowledged. */
async function writeUntilKilled(server: ServerProcess, round: number): Promise<TestMessage[]> {
  const ali = await signIn(server.url);
  const acknowledged: TestMessage[] = [];
  const lines = [0, 1, 2, 3].map(async (line) => {
    for (let n = 0; ; n += 1) {
      try {
        acknowledged.push((await ali.send(1, `round ${round}, line ${line}, number ${n}`)).body.data);
      } catch {
        return;
      }
      if (acknowledged.length === WRITES_BEFORE_KILL) server.child.kill('SIGKILL');
    }
  });
  await server.exited;
  await Promise.all(lines);
  return acknowledged;
}

describe('kill -9 during writes', () => {
  it('loses nothing that was acknowledged and gives no position twice', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'crash.sqlite');
      const acknowledged: TestMessage[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const server = await ServerProcess.start('--port', '0', '--db', file);
        acknowledged.push(...(await writeUntilKilled(server, round)));
      }
      assert.ok(acknowledged.length >= ROUNDS * WRITES_BEFORE_KILL);
      const database = new ChatDatabase(file);
      assert.equal(database.integrity(), 'ok');
      const rows = database.all<Omit<TestMessage, 'temp_id'> & {temp_id: string | null}>(
        'select id, content, temp_id, position, revision from messages where conversation_id = 1',
      );
      const stored = new Map(rows.map((row) => [row.id, row]));
      for (const message of acknowledged) {
        const row = stored.get(message.id);
        assert.deepEqual([row?.content, row?.position, row?.temp_id], [message.content, message.position, message.temp_id]);
      }
      assert.equal(new Set(acknowledged.map(({position}) => position)).size, acknowledged.length);
      const head = database.get<{revision: number}>('select revision from conversations where id = 1')?.revision;
      const written = rows.filter(({temp_id}) => temp_id !== null).map(({position}) => position);
      assert.deepEqual(
        written,
        Array.from(written, (_, index) => (head ?? 0) - written.length + 1 + index),
        'no hole',
      );
      database.close();
    });
  });
});

describe('the command', () => {
  it('stops on SIGTERM: sockets hear 1001, the exit code is 0, what was written is there again', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'stop.sqlite');
      const server = await ServerProcess.start('--port', '0', '--db', file);
      const ali = await signIn(server.url);
      const wire = await Wire.connect(server.wsUrl);
      const {data} = (await ali.send(1, 'before the end')).body;
      assert.equal(await server.stop('SIGTERM'), 0);
      assert.equal(await wire.closed, 1001);

      const again = await ServerProcess.start('--port', '0', '--db', file);
      const page = await new Caller(again.url, ali.token, 1).call<{data: TestMessage[]}>(
        'GET',
        '/api/conversations/1/messages?limit=1',
      );
      assert.equal(page.body.data[0]?.id, data.id, 'tokens and messages survive, and nothing is seeded again');
      assert.equal(await again.stop('SIGINT'), 0);
    });
  });

  it('explains wrong flags with code 2 and what it cannot do with code 1', async () => {
    for (const args of [['--port', 'x'], ['--nonsense'], ['--limit', 'nothing=1'], ['--port', '70000']]) {
      assert.throws(() => readArgs(args), UsageError, args.join(' '));
    }
    const [wrong, exposed] = await Promise.all([
      runToEnd('--port', 'x'),
      runToEnd('--port', '0', '--db', ':memory:', '--host', '0.0.0.0'),
    ]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.output, /Usage: npm run serve/);
    assert.equal(exposed.code, 1);
    assert.match(exposed.output, /Refusing to listen on 0\.0\.0\.0: .*--i-know/);
    assert.doesNotMatch(exposed.output, /\bat .*\.ts/);
  });

  it('says in a sentence what is wrong with the database or the port', async () => {
    await inFolder(async (folder) => {
      const [text, foreign] = [join(folder, 'notes.txt'), join(folder, 'other.sqlite')];
      await writeFile(text, 'These are notes, and no database at all.');
      new Database(foreign).exec('create table users (id integer)');
      await using taken = await start();
      for (const [args, sentence] of [
        [['--db', folder], /^Cannot use .* as the database: it is a folder, or stands in one that is missing/],
        [['--db', text], /^Cannot use .*notes\.txt as the database: it is no SQLite file\.$/],
        [['--db', foreign], /^Cannot use .*other\.sqlite as the database: it holds the tables of something else\.$/],
        [['--db', ':memory:', '--port', String(taken.port)], /^Port \d+ is taken\.$/],
      ] as const) {
        const {code, output} = await runToEnd('--port', '0', ...args);
        assert.equal(code, 1);
        assert.match(output.trim(), sentence);
      }
    });
  });
});
