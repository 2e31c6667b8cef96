import {readFileSync} from 'node:fs';
import {crc32} from 'node:zlib';

/** The written conversations are the Laravel demo's, which must stay whole when somebody copies it; so they live there. */
const FOLDER = new URL('../../laravel/database/seeders/history/', import.meta.url);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What is done to a line after it was written. `person` is the first name in small letters. */
export type Step =
  | {readonly verb: 'edit'; readonly text: string}
  | {readonly verb: 'delete'}
  | {readonly verb: 'react'; readonly person: string; readonly emoji: string};

/** One line of a written conversation. */
export interface Line {
  /** Who says it: the first name in small letters. */
  readonly person: string;
  readonly text: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Which line it answers, counted from 0. */
  readonly answers: number | undefined;
  readonly steps: readonly Step[];
}

/**
 * Reads a conversation as `HistoryWriter.php` does. The form of the files is explained in the first line of `direct.txt`.
 * `now` in milliseconds since 1970: the days in the file are counted back from it, so that the talk is always recent.
 */
export function readHistory(name: string, now: number): Line[] {
  const lines: Line[] = [];
  let at = now;
  for (const line of readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('@')) {
      at = dayAndTime(line, now);
      continue;
    }
    // Sometimes an answer at once, sometimes a few minutes later; the same on every seeding.
    at += (20 + (crc32(line) % 240)) * 1000;
    lines.push(readLine(line, at));
  }
  return lines;
}

function readLine(line: string, at: number): Line {
  const [person, rest] = cut(line, ': ');
  const [text = '', ...steps] = rest.split(' ~ ');
  const reply = steps.find((step) => step.startsWith('reply '));
  return {
    person,
    text: text.replaceAll('\\n', '\n'),
    at,
    answers: reply === undefined ? undefined : Number(cut(reply, ' ')[1]) - 1,
    steps: steps.filter((step) => step !== reply).map(readStep),
  };
}

function readStep(text: string): Step {
  const [verb, rest] = cut(text, ' ');
  if (verb === 'edit') return {verb, text: rest};
  if (verb === 'delete') return {verb};
  const [person, emoji] = cut(rest, ' ');
  return {verb: 'react', person, emoji};
}

/** `@ -6 09:12` is six days ago at that time (UTC), `@ 0 -75` is 75 minutes ago, so that nothing lies in the future. */
function dayAndTime(line: string, now: number): number {
  const [, day, time = ''] = line.split(' ');
  const [hours, minutes] = time.split(':').map(Number);
  if (minutes === undefined) return now + Number(time) * MINUTE;
  return new Date(now + Number(day) * DAY).setUTCHours(Number(hours), minutes, 0, 0);
}

/** What is before and after the first `separator`. */
function cut(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + separator.length)];
}
