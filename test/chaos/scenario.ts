import type {Backend} from '../e2e/backend/backend.js';
import type {Engine} from '../tools/browsers.mjs';
import type {FaultProxy} from './fault-proxy.js';
import type {FaultName} from './faults.js';
import type {Tab} from './tab.js';

/** What a scenario is given: a server that runs, the way to it through which faults come, and a browser. */
export interface World {
  readonly server: 'embedded' | 'laravel';
  readonly browser: Engine;
  /** Whether there are two nodes and Redis, which `backend.ask` takes away and brings back. */
  readonly isScaled: boolean;
  /** Decides everything that is left to chance. Printed, so that a run can be repeated. */
  readonly seed: number;
  /** From 0 up to but not including 1, the same ones for the same seed. */
  readonly random: () => number;
  /** The kinds of fault to use. */
  readonly faults: ReadonlySet<FaultName>;
  /** The server itself, started as a person starts it and past all faults; the embedded one with its fault switches on. */
  readonly backend: Backend;
  /** Where clients find it, REST and sockets on one port; every fault comes from here. */
  readonly proxy: FaultProxy;
  /** `full`, scaled down as `--messages` asks: with 1,000 of 10,000 to a tenth. At least 1. */
  scaled(full: number): number;
  /** Opens a tab of the one browser. All share its storage, as tabs do. */
  openTab(): Promise<Tab>;
  /** Says what is going on, on stderr. */
  say(line: string): void;
}

/** The figures of the table; `null` for what a scenario does not look at. Times in milliseconds. */
export interface Figures {
  readonly sent: number | null;
  readonly shown: number | null;
  readonly lost: number | null;
  readonly doubled: number | null;
  readonly outOfOrder: number | null;
  /** Messages left unsent, or clients left without a connection. */
  readonly stuck: number | null;
  /** The most attempts to connect that one client made within a minute. */
  readonly attemptsPerMinute: number | null;
  readonly recoveryMedian: number | null;
  readonly recoveryP95: number | null;
  /** Errors that nobody caught. */
  readonly uncaught: number | null;
}

/** What had to hold, and whether it did. */
export interface Goal {
  readonly what: string;
  readonly measured: number | string;
  readonly wanted: string;
  readonly met: boolean;
  /** Whether the machine has a say in it, too: a time, or a share of a second. With `--untimed` it is printed and decides nothing. */
  readonly isTime?: boolean;
}

/** What came of a scenario. */
export interface Report {
  readonly figures: Figures;
  readonly goals: readonly Goal[];
}

/** What a file of `scenarios/` exports. */
export interface Scenario {
  /** What the server is started with beside the usual. `flags` are those of its command, which differ: `demo/server/args.ts`, `demo/laravel/serve/options.mjs`. */
  readonly needs?: {
    readonly flags?: Partial<Record<World['server'], readonly string[]>>;
    readonly env?: Readonly<Record<string, string>>;
  };
  /** Plays it, on a server that is new, and closes what it opened. Rejects when it could not be played. */
  run(world: World): Promise<Report>;
}
