import {parseArgs} from 'node:util';

/** What the command was asked to do. */
export interface Arguments {
  readonly scenarios: readonly string[];
  /** `null` for those that each scenario names itself. */
  readonly sizes: readonly number[] | null;
  readonly repeat: number;
  readonly cpu: number;
  /** Whether everything is made small, to see that it works. */
  readonly quick: boolean;
  /** Whether other packages are measured, too: those of `test/bench/others/`. */
  readonly others: boolean;
  /** Whether the package is taken from its source, without being built. */
  readonly source: boolean;
  /** Where the report goes, without its ending; `null` for nowhere but the screen. */
  readonly out: string | null;
}

/** Flags that make no sense; its message says which. */
export class UsageError extends Error {}

/** What `--help` says. @param scenarios The names of all there are. */
export function usage(scenarios: readonly string[]): string {
  return `Usage: npm run bench -- [options]

  --scenario LIST      What to measure, with commas between: ${scenarios.join(', ')}. Default: all.
  --sizes LIST         How many messages the list has before, e.g. 1000,100000. Default: what each scenario says.
  --repeat N           How often each figure is measured, in a page of its own each time. Default 5.
  --cpu N              Makes the processor N times slower.
  --quick              Everything small and once, only to see that it works: no figure of it says anything.
  --others             Beside ours and the floor, other packages from npm, which are installed for it; only what they can do, too, and
                       with 1,000 messages unless --sizes says otherwise.
  --source             Takes our list from src/ as it is, without building the package first.
  --out PATH           Writes PATH.md and PATH.json, too.
  --help               Show this.

Exit codes: 0 everything was measured, 1 something could not be, 2 wrong options. A goal that was missed is said, and no error.`;
}

/** Reads the command line; `null` where only help was asked for. Throws a `UsageError`. */
export function readArguments(args: readonly string[], known: readonly string[]): Arguments | null {
  const values = parse(args);
  if (values.help) return null;
  const scenarios = values.scenario?.split(',') ?? known;
  const unknown = scenarios.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`--scenario knows ${known.join(', ')}, not "${unknown}".`);
  return {
    scenarios,
    sizes: values.sizes === undefined ? null : values.sizes.split(',').map((size) => integer('sizes', size)),
    repeat: values.quick ? 1 : integer('repeat', values.repeat),
    cpu: integer('cpu', values.cpu),
    quick: values.quick,
    others: values.others,
    source: values.source,
    out: values.out ?? null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: {type: 'string'},
        sizes: {type: 'string'},
        repeat: {type: 'string', default: '5'},
        cpu: {type: 'string', default: '1'},
        quick: {type: 'boolean', default: false},
        others: {type: 'boolean', default: false},
        source: {type: 'boolean', default: false},
        out: {type: 'string'},
        help: {type: 'boolean', short: 'h', default: false},
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function integer(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`--${name} takes whole numbers from 1 on, not "${text}".`);
  return Number(text);
}
