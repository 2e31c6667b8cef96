import {createInterface} from 'node:readline';
import {Writable} from 'node:stream';
import {Failure} from './command.js';
import type {Output} from './world.js';

/**
 * Asks a question at a terminal and shows nothing of the answer. Rejects with a `Failure` on Ctrl-C, at the end of the input, and once
 * `ending` is aborted.
 */
export function askPassword(
  question: string,
  input: NodeJS.ReadableStream,
  output: Output,
  ending?: AbortSignal,
): Promise<string> {
  output.write(question);
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  const lines = createInterface({input, output: nowhere, terminal: true, ...(ending && {signal: ending})});
  return new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => reject(new Failure('No password was given.')));
  }).finally(() => {
    lines.close();
    output.write('\n');
  });
}
