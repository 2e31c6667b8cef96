import type {Tab} from './tab.js';

/** What a figure has to come to. What is not set is not asked for. */
export interface Goal {
  /** At most so many times what the floor takes. */
  readonly ratio?: number;
  /** At most this. */
  readonly atMost?: number;
  /** At the largest size at most so many times what it is at 1,000. */
  readonly growth?: number;
}

export interface Figure {
  readonly title: string;
  /** `''` for a mere number. */
  readonly unit: 'µs' | 'ms' | 'kB' | 'MB' | '%' | 'px' | '';
  readonly goal?: Goal;
}

/** What was measured, by the names of the figures. */
export type Measured = Readonly<Record<string, number>>;

/** What a scenario is told. */
export interface Task {
  readonly size: number;
  /** How many times slower the processor is made. */
  readonly cpu: number;
  /** The first of the two, or the second one in a run that only shows that everything works. */
  pick(full: number, small: number): number;
}

/** One thing that is done with a list, and measured. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** How many messages the list has before. */
  readonly sizes: readonly number[];
  readonly figures: Readonly<Record<string, Figure>>;
  /** Whether other packages can do it, too. */
  readonly forOthers?: boolean;
  /** Whether each size is twice the one before, and what a figure grows by is shown for each. */
  readonly isDoubling?: boolean;
  /** Measures the list that stands in the tab, once. */
  readonly measure?: (tab: Tab, task: Task) => Promise<Measured>;
  /** Measures without a page, once. Then there is nothing to compare it with. */
  readonly measureAlone?: (task: Task) => Measured;
}
