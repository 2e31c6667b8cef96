#!/usr/bin/env node
import process from 'node:process';
import {systemClock} from '../model/index.js';
import {askPassword} from './ask-password.js';
import {EXIT} from './command.js';
import {run} from './run.js';
import {loadWebSocket} from './web-socket.js';

const ending = new AbortController();
// Once: a second Ctrl-C ends the process as it would any other, should the first not do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());

// Whoever reads our output may have enough, as `head` has; that is an end like any other.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') ending.abort();
    else throw error;
  });
}

const canAsk = process.stdin.isTTY && process.stderr.isTTY;
process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  clock: systemClock,
  fetch: globalThis.fetch,
  loadWebSocket,
  askPassword: canAsk ? (question) => askPassword(question, process.stdin, process.stderr, ending) : null,
  ending: ending.signal,
});
// Asked to end, it ends now, and does not wait for what `fetch` keeps open for a next request.
if (process.exitCode !== EXIT.ok || ending.signal.aborted) process.exit();
