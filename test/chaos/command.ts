import {readdirSync} from 'node:fs';
import {readArguments, usage, UsageError, type Arguments} from './arguments.js';
import {isSuccess, toJson, toText, type Result} from './report.js';
import type {Scenario} from './scenario.js';
import {Stage} from './world.js';

/** The names of all scenarios: a file of `scenarios/` each. */
function scenarioNames(): string[] {
  return readdirSync(new URL('scenarios/', import.meta.url))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -3))
    .sort();
}

/** Plays what the arguments ask for, prints what came of it, and returns the exit code. */
export async function chaos(args: readonly string[]): Promise<number> {
  const names = scenarioNames();
  try {
    const options = readArguments(args, names);
    if (options) return await playAll(options);
    print(usage(names));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage(names)}\n`);
    return 2;
  }
}

async function playAll(options: Arguments): Promise<number> {
  process.stderr.write(`chaos on ${options.server} in ${options.browser}, seed ${options.seed}, size ${options.messages}\n`);
  const stage = await Stage.open(options);
  const results: Result[] = [];
  try {
    for (const scenario of options.scenarios) results.push(await play(stage, scenario));
  } finally {
    await stage.close();
  }
  print(options.json ? toJson(options, results) : toText(options, results));
  return isSuccess(options, results) ? 0 : 1;
}

/** A scenario that cannot be played has failed, and the others are played all the same. */
async function play(stage: Stage, name: string): Promise<Result> {
  const {run, needs} = (await import(`./scenarios/${name}.ts`)) as Scenario;
  const began = performance.now();
  const finish = (rest: Pick<Result, 'report' | 'error'>): Result => ({
    scenario: name,
    seconds: (performance.now() - began) / 1000,
    ...rest,
  });
  try {
    return finish({report: await stage.inWorld(needs, run), error: null});
  } catch (error) {
    return finish({report: null, error: error instanceof Error ? (error.stack ?? error.message) : String(error)});
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
