import type {Figures, Goal, Report} from './scenario.js';

/** A scenario with what came of it; `error` where it could not be played to its end. */
export interface Result {
  readonly scenario: string;
  readonly seconds: number;
  readonly report: Report | null;
  readonly error: string | null;
}

/** What must be known to repeat a run. */
export interface Settings {
  readonly server: string;
  readonly browser: string;
  readonly seed: number;
  readonly messages: number;
  readonly faults: readonly string[];
  /** Whether goals that are times decide nothing. */
  readonly untimed: boolean;
}

const COLUMNS: readonly (readonly [string, keyof Figures])[] = [
  ['sent', 'sent'],
  ['shown', 'shown'],
  ['lost', 'lost'],
  ['doubled', 'doubled'],
  ['out of order', 'outOfOrder'],
  ['stuck', 'stuck'],
  ['attempts/min', 'attemptsPerMinute'],
  ['recovery median', 'recoveryMedian'],
  ['recovery p95', 'recoveryP95'],
  ['uncaught', 'uncaught'],
];

const TIMES: ReadonlySet<keyof Figures> = new Set(['recoveryMedian', 'recoveryP95']);

/** Whether every goal of every scenario was met, but for times where those do not count. */
export function isSuccess({untimed}: Pick<Settings, 'untimed'>, results: readonly Result[]): boolean {
  const passes = (goal: Goal): boolean => goal.met || !decides(goal, untimed);
  return results.length > 0 && results.every(({report}) => report?.goals.every(passes) ?? false);
}

function decides({isTime = false}: Goal, untimed: boolean): boolean {
  return !(untimed && isTime);
}

/** The run as one JSON object. */
export function toJson(settings: Settings, results: readonly Result[]): string {
  return JSON.stringify({...settings, success: isSuccess(settings, results), results});
}

/** The run as a person reads it: the table, the goals below it, and the command that repeats it. */
export function toText(settings: Settings, results: readonly Result[]): string {
  const table = [
    ['scenario', ...COLUMNS.map(([title]) => title), 'seconds'],
    ...results.map(({scenario, report, seconds}) => [
      scenario,
      ...COLUMNS.map(([, key]) => cell(key, report?.figures[key] ?? null)),
      seconds.toFixed(0),
    ]),
  ];
  return [
    alignColumns(table),
    '',
    ...results.flatMap((result) => explain(result, settings)),
    '',
    `Again: ${commandOf(settings, results)}`,
  ].join('\n');
}

function cell(key: keyof Figures, value: number | null): string {
  if (value === null) return '–';
  return TIMES.has(key) ? `${(value / 1000).toFixed(1)} s` : String(value);
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}

function explain({scenario, report, error}: Result, {untimed}: Settings): string[] {
  if (!report) return [`MISSED  ${scenario}: ${error ?? 'was not played'}`];
  return report.goals.map(
    (goal) =>
      `${goal.met ? 'met   ' : 'MISSED'}  ${scenario}: ${sentence(goal)}${decides(goal, untimed) ? '' : ', decides nothing'}`,
  );
}

function sentence({what, measured, wanted}: Goal): string {
  return `${what}: ${measured} (wanted: ${wanted})`;
}

function commandOf({server, browser, seed, messages, faults, untimed}: Settings, results: readonly Result[]): string {
  const scenarios = results.map(({scenario}) => scenario).join(',');
  return `npm run chaos -- --server ${server} --browser ${browser} --seed ${seed} --messages ${messages} --faults ${faults.join(',')} --scenario ${scenarios}${untimed ? ' --untimed' : ''}`;
}
