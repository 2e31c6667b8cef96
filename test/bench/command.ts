import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {cpus} from 'node:os';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium, type Browser} from 'playwright-core';
import {requireBrowser} from '../tools/browsers.mjs';
import {readArguments, usage, UsageError, type Arguments} from './arguments.js';
import {otherEntries} from './others.js';
import {servePages, type Pages} from './pages.js';
import {toJson, toMarkdown, type Conditions, type Series} from './report.js';
import type {Measured, Scenario} from './scenario.js';
import {scenarios} from './scenarios/index.js';
import {Tab} from './tab.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--enable-precise-memory-info',
];
const VIEW = {width: 400, height: 700};
const SMALL = [100, 1_000];
/** With more, some of the others take minutes. */
const SIZES_FOR_OTHERS = [1_000];

const entry = (name: string): string => fileURLToPath(new URL(`page/${name}.ts`, import.meta.url));

/** Measures what the arguments ask for, prints it, and returns the exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const names = scenarios.map(({name}) => name);
  try {
    const options = readArguments(args, names);
    if (options) return await run(options);
    process.stdout.write(`${usage(names)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage(names)}\n`);
    return 2;
  }
}

async function run(options: Arguments): Promise<number> {
  const chosen = scenarios.filter(({name, forOthers}) => options.scenarios.includes(name) && (!options.others || forOthers));
  const executablePath = requireBrowser('chromium');
  const own = ['ours', 'floor'].map((name) => [name, entry(name)] as const);
  const pages = await servePages(new Map([...own, ...(options.others ? await otherEntries() : [])]), options.source);
  const browser = await chromium.launch({executablePath, args: FLAGS});
  const series: Series[] = [];
  try {
    for (const scenario of chosen) series.push(...(await measureAll(scenario, options, browser, pages)));
  } finally {
    await browser.close();
    await pages.close();
  }
  report(chosen, series, conditionsOf(options, browser, pages), options.out);
  const wrong = series.flatMap((one) => one.measured.flatMap((figures) => notFinite(one, figures)));
  for (const line of wrong) process.stderr.write(`NOT MEASURED  ${line}\n`);
  return wrong.length > 0 || series.length === 0 ? 1 : 0;
}

/** One scenario, at all its sizes. The contestants take turns, so that what else the machine does hits them alike. */
async function measureAll(scenario: Scenario, options: Arguments, browser: Browser, pages: Pages): Promise<readonly Series[]> {
  const usual = options.others ? SIZES_FOR_OTHERS : scenario.sizes;
  const sizes = options.sizes ?? (options.quick ? SMALL.slice(0, usual.length) : usual);
  const found: Series[] = [];
  for (const size of sizes) {
    const names = scenario.measureAlone ? ['ours'] : [...pages.gzipped.keys()];
    const series = names.map((contestant) => ({contestant, measured: [] as Measured[]}));
    for (let turn = 0; turn < options.repeat; turn++) {
      process.stderr.write(`${scenario.name} ${size}: ${turn + 1} of ${options.repeat}\n`);
      // A B, B A, A B: neither is always the one that comes after the other.
      for (const {contestant, measured} of turn % 2 === 0 ? series : [...series].reverse()) {
        measured.push(await measureOnce(scenario, size, options, browser, `${pages.url}${contestant}`));
      }
    }
    found.push(...series.map((one) => ({scenario: scenario.name, size, ...one})));
  }
  return found;
}

async function measureOnce(
  scenario: Scenario,
  size: number,
  {cpu, quick}: Arguments,
  browser: Browser,
  url: string,
): Promise<Measured> {
  const task = {size, cpu, pick: (full: number, small: number) => (quick ? small : full)};
  if (scenario.measureAlone) return scenario.measureAlone(task);
  const context = await browser.newContext({viewport: VIEW});
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${url}: ${error.message}\n`));
    const tab = await Tab.open(page, url, cpu);
    return (await scenario.measure?.(tab, task)) ?? {};
  } finally {
    await context.close();
  }
}

function notFinite({scenario, size, contestant}: Series, figures: Measured): readonly string[] {
  const names = Object.keys(scenarios.find(({name}) => name === scenario)?.figures ?? {});
  return names
    .filter((name) => !Number.isFinite(figures[name]))
    .map((name) => `${scenario} ${name} of ${contestant} at ${size}: ${figures[name]}`);
}

function conditionsOf({cpu, repeat}: Arguments, browser: Browser, {gzipped}: Pages): Conditions {
  const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {version: string};
  const [processor] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    version,
    browser: `Chromium ${browser.version()}, headless, ${VIEW.width} × ${VIEW.height}`,
    machine: `${cpus().length} × ${processor?.model.trim() ?? 'unknown'}`,
    cpu,
    repeat,
    gzipped: Object.fromEntries(gzipped),
  };
}

function report(chosen: readonly Scenario[], series: readonly Series[], conditions: Conditions, out: string | null): void {
  const markdown = toMarkdown(chosen, series, conditions);
  process.stdout.write(`${markdown}\n`);
  if (out === null) return;
  mkdirSync(dirname(out), {recursive: true});
  writeFileSync(`${out}.md`, markdown);
  writeFileSync(`${out}.json`, toJson(series, conditions));
}
