import {createInterface} from 'node:readline';
import {Writable} from 'node:stream';
import {Failure} from './command.js';
import type {Output} from './world.js';

/**
 * Asks a question at a terminal without showing the answer. Rejects with a `Failure` at the end of the input, and when `ending` is aborted.
 * Ctrl-C aborts it: while a terminal is read in this way, Ctrl-C sends no signal.
 */
export function askPassword(
  question: string,
  input: NodeJS.ReadableStream,
  output: Output,
  ending = new AbortController(),
): Promise<string> {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  const lines = createInterface({input, output: nowhere, terminal: true, signal: ending.signal});
  // Only now, as until here the terminal shows what is typed, or pasted by a script that has seen the question.
  output.write(question);
  return new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('SIGINT', () => ending.abort());
    lines.once('close', () => reject(new Failure('No password was given.')));
  }).finally(() => {
    lines.close();
    output.write('\n');
  });
}
