import type {Figure, Goal, Measured, Scenario} from './scenario.js';
import {median} from './statistics.js';

/** All measurements of one contestant in one scenario at one size. */
export interface Series {
  readonly scenario: string;
  readonly size: number;
  readonly contestant: string;
  readonly measured: readonly Measured[];
}

/** What a run was made on. */
export interface Conditions {
  readonly date: string;
  readonly version: string;
  readonly browser: string;
  readonly machine: string;
  readonly cpu: number;
  readonly repeat: number;
  /** Bytes of script that the page of each contestant loads. */
  readonly gzipped: Readonly<Record<string, number>>;
}

interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Where a goal is measured against: everything of one figure, by contestant and size. */
type Summaries = (contestant: string, size: number) => Summary | undefined;

/** The run as Markdown: a table a scenario, our list first, and beside it what it is measured against. */
export function toMarkdown(scenarios: readonly Scenario[], series: readonly Series[], conditions: Conditions): string {
  const {date, version, browser, machine, cpu, repeat, gzipped} = conditions;
  const slow = cpu > 1 ? `, processor ${cpu} times slower` : '';
  return [
    `ws-chat-elements ${version}, ${date}, ${browser}, ${machine}${slow}. Medians of ${repeat}, with the range.`,
    `Script of the page, compressed: ${Object.entries(gzipped)
      .map(([name, bytes]) => `${name} ${digits(bytes / 1000)} kB`)
      .join(', ')}.`,
    ...scenarios.flatMap((scenario) => ['', `### ${scenario.title}`, '', ...tableOf(scenario, series)]),
    '',
  ].join('\n');
}

/** The run as JSON: every single measurement. */
export function toJson(series: readonly Series[], conditions: Conditions): string {
  return `${JSON.stringify({...conditions, series}, null, 2)}\n`;
}

function tableOf(scenario: Scenario, all: readonly Series[]): readonly string[] {
  const series = all.filter((one) => one.scenario === scenario.name);
  const names = [...new Set(series.map(({contestant}) => contestant))];
  const sizes = [...new Set(series.map(({size}) => size))];
  const isCompared = names.includes('floor');
  const rows = Object.entries(scenario.figures).flatMap(([key, figure]) => {
    const find: Summaries = (contestant, size) =>
      summaryOf(series.find((one) => one.contestant === contestant && one.size === size)?.measured, key);
    const lines = sizes.map((size) => [
      figure.title,
      size.toLocaleString('en'),
      ...names.map((name) => `${show(find(name, size), figure)}${isOther(name) ? timesOurs(find, name, size) : ''}`),
      ...(isCompared ? [ratioOf(find, size)] : []),
      verdictOf(figure.goal, find, size),
    ]);
    const steps = scenario.isDoubling ? sizes.slice(1).map((size, i) => stepOf(figure, find, sizes[i] ?? size, size)) : [];
    return [...lines, ...steps, ...growthOf(figure, find, names, sizes)];
  });
  const head = ['', 'messages', ...names, ...(isCompared ? ['ours / floor'] : []), 'goal'];
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function summaryOf(measured: readonly Measured[] | undefined, key: string): Summary | undefined {
  const values = (measured ?? []).map((one) => one[key]).filter((value) => value !== undefined);
  return values.length > 0 ? {median: median(values), min: Math.min(...values), max: Math.max(...values)} : undefined;
}

function show(summary: Summary | undefined, {unit}: Figure): string {
  if (!summary) return '–';
  const {median: middle, min, max} = summary;
  const range = min === max ? '' : ` (${digits(min)}–${digits(max)})`;
  return `${digits(middle)}${range}${unit && ` ${unit}`}`;
}

function digits(value: number): string {
  return value.toFixed(Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

function ratioOf(find: Summaries, size: number): string {
  const ours = find('ours', size);
  const floor = find('floor', size);
  return ours && floor && floor.median > 0 ? (ours.median / floor.median).toFixed(2) : '–';
}

function isOther(name: string): boolean {
  return name !== 'ours' && name !== 'floor';
}

/** How much more it is than ours. */
function timesOurs(find: Summaries, name: string, size: number): string {
  const ours = find('ours', size);
  const theirs = find(name, size);
  return ours && theirs && ours.median > 0 ? `, × ${digits(theirs.median / ours.median)}` : '';
}

function verdictOf(goal: Goal | undefined, find: Summaries, size: number): string {
  const ours = find('ours', size);
  const floor = find('floor', size);
  if (!goal || !ours) return '';
  if (goal.atMost !== undefined) return verdict(ours.median <= goal.atMost, `≤ ${goal.atMost}`);
  if (goal.ratio !== undefined && floor) return verdict(ours.median <= goal.ratio * floor.median, `≤ ${goal.ratio} ×`);
  return '';
}

/** What a figure of ours grows by from one size to the next. */
function stepOf({title}: Figure, find: Summaries, from: number, to: number): readonly string[] {
  const ratio = (find('ours', to)?.median ?? Number.NaN) / (find('ours', from)?.median ?? Number.NaN);
  return [title, `${to.toLocaleString('en')} / ${from.toLocaleString('en')}`, `× ${ratio.toFixed(2)}`, ''];
}

/** What a figure becomes with the number of messages, for each contestant. */
function growthOf(
  {title, goal}: Figure,
  find: Summaries,
  names: readonly string[],
  sizes: readonly number[],
): readonly string[][] {
  const small = sizes.includes(1_000) ? 1_000 : Math.min(...sizes);
  const large = Math.max(...sizes);
  if (goal?.growth === undefined || large === small) return [];
  const ratios = names.map((name) => (find(name, large)?.median ?? Number.NaN) / (find(name, small)?.median ?? Number.NaN));
  const cells = ratios.map((ratio) => (Number.isFinite(ratio) ? `× ${ratio.toFixed(2)}` : '–'));
  const span = `${large.toLocaleString('en')} / ${small.toLocaleString('en')}`;
  const ours = ratios[names.indexOf('ours')] ?? Number.NaN;
  const isCompared = names.includes('floor');
  return [[title, span, ...cells, ...(isCompared ? [''] : []), verdict(ours <= goal.growth, `≤ × ${goal.growth}`)]];
}

function verdict(isMet: boolean, goal: string): string {
  return isMet ? `${goal}: met` : `${goal}: **missed**`;
}
