import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {describe, it} from 'node:test';
import {askPassword} from '../../src/cli/ask-password.js';
import {Failure} from '../../src/cli/command.js';

describe('askPassword', () => {
  const ask = (typed: string): {answer: Promise<string>; shown: () => string; ending: AbortSignal} => {
    const shown: string[] = [];
    const input = new PassThrough();
    const ending = new AbortController();
    const answer = askPassword('Password: ', input, {write: (text) => shown.push(text)}, ending);
    input.write(typed);
    return {answer, shown: () => shown.join(''), ending: ending.signal};
  };

  it('gives what is typed, and shows nothing of it', async () => {
    const {answer, shown} = ask('hunter2\r');
    assert.equal(await answer, 'hunter2');
    assert.equal(shown(), 'Password: \n');
  });

  it('shows nothing either of what is typed, or pasted, as soon as it asks', async () => {
    const happened: string[] = [];
    const input = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: (isRaw: boolean) => happened.push(`echo ${isRaw ? 'off' : 'on'}`),
    });
    const answer = askPassword('Password: ', input, {write: (text) => happened.push(text)});
    input.write('hunter2\r');
    await answer;
    assert.deepEqual(happened, ['echo off', 'Password: ', 'echo on', '\n']);
  });

  it('takes a correction', async () => {
    assert.equal(await ask('hunterx\u007f2\r').answer, 'hunter2');
  });

  it('gives up on Ctrl-C and on Ctrl-D', async () => {
    await assert.rejects(ask('hun\u0003').answer, Failure);
    await assert.rejects(ask('\u0004').answer, Failure);
  });

  it('ends the command on Ctrl-C, as it sends no signal here', async () => {
    const {answer, ending} = ask('hun\u0003');
    await assert.rejects(answer, Failure);
    assert.equal(ending.aborted, true);
    const atEndOfInput = ask('\u0004');
    await assert.rejects(atEndOfInput.answer, Failure);
    assert.equal(atEndOfInput.ending.aborted, false);
  });

  it('gives up when the command is to end', async () => {
    const ending = new AbortController();
    const answer = askPassword('Password: ', new PassThrough(), {write: () => true}, ending);
    ending.abort();
    const later = new Promise((resolve) => setImmediate(resolve, 'it still asks'));
    await assert.rejects(Promise.race([answer, later]), Failure);
  });
});
