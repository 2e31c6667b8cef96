import {randomInt} from 'node:crypto';
import {parseArgs} from 'node:util';
import {ENGINES, type Engine} from '../tools/browsers.mjs';
import {FAULTS, type FaultName} from './faults.js';

/** What it can be played on; the last one is Laravel with two nodes of Reverb and Redis. */
export const SERVERS = ['embedded', 'laravel', 'laravel-scaled'] as const;

/** What the command was asked to do. */
export interface Arguments {
  readonly server: (typeof SERVERS)[number];
  readonly browser: Engine;
  readonly seed: number;
  readonly messages: number;
  readonly faults: readonly FaultName[];
  readonly scenarios: readonly string[];
  /** Whether goals that are times decide nothing, as the machine is a slow one or has other things to do. */
  readonly untimed: boolean;
  readonly json: boolean;
}

/** Flags that make no sense; its message says which. */
export class UsageError extends Error {}

/** What `--help` says. @param scenarios The names of all there are. */
export function usage(scenarios: readonly string[]): string {
  return `Usage: npm run chaos -- [options]

  --seed S             Decides what is left to chance. Default: one at random, which is printed.
  --messages N         The size of the run: 10000 is the full one, 1000 a tenth of everything. Default 1000.
  --faults LIST        Which faults to use, with commas between: ${FAULTS.join(', ')}. Default: all.
  --server NAME        ${SERVERS.join(', ')} (two nodes of Reverb, and Redis). Default embedded.
  --browser NAME       ${ENGINES.join(', ')}. Default chromium.
  --scenario LIST      What to play, one after the other: ${scenarios.join(', ')}. Default messages,sends.
  --untimed            Goals that are times are looked at, and decide nothing: for a machine that does other things beside it.
  --json               One JSON object instead of the table.
  --help               Show this.

Exit codes: 0 every goal that decides was met, 1 one was missed, 2 wrong options.`;
}

/** Reads the command line; `null` where only help was asked for. Throws a `UsageError`. */
export function readArguments(args: readonly string[], allScenarios: readonly string[]): Arguments | null {
  const values = parse(args);
  if (values.help) return null;
  const server = SERVERS.find((name) => name === values.server);
  if (server === undefined) throw new UsageError(`--server is one of ${SERVERS.join(', ')}, not "${values.server}".`);
  const browser = ENGINES.find((name) => name === values.browser);
  if (browser === undefined) throw new UsageError(`--browser is one of ${ENGINES.join(', ')}, not "${values.browser}".`);
  return {
    server,
    browser,
    seed: values.seed === undefined ? randomInt(1_000_000) : integer('seed', values.seed, 0),
    messages: integer('messages', values.messages, 1),
    faults: list('faults', values.faults ?? FAULTS.join(','), FAULTS),
    scenarios: list('scenario', values.scenario, allScenarios),
    untimed: values.untimed,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: {type: 'string'},
        messages: {type: 'string', default: '1000'},
        faults: {type: 'string'},
        server: {type: 'string', default: 'embedded'},
        browser: {type: 'string', default: 'chromium'},
        scenario: {type: 'string', default: 'messages,sends'},
        untimed: {type: 'boolean', default: false},
        json: {type: 'boolean', default: false},
        help: {type: 'boolean', short: 'h', default: false},
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function integer(name: string, text: string, min: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min)) throw new UsageError(`--${name} takes a whole number from ${min} on, not "${text}".`);
  return value;
}

/** `--faults none` or an empty list is no fault at all. */
function list<Name extends string>(option: string, text: string, known: readonly Name[]): Name[] {
  const names = text === 'none' ? [] : text.split(',').filter(Boolean);
  const unknown = names.find((name) => !known.includes(name as Name));
  if (unknown !== undefined) throw new UsageError(`--${option} knows ${known.join(', ')}, not "${unknown}".`);
  return names as Name[];
}
