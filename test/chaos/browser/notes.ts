import type {Driver} from '../../e2e/browser/driver.js';

/**
 * Has pages note the errors that nobody caught: the engine itself reports more, such as a socket that a page left behind. Each `run` brings
 * the notes along. Those made before the first one in a page are missed, and those after the last one.
 */
export function noteUncaught(run: Driver['run']): Pick<Driver, 'run'> & {readonly uncaught: readonly string[]} {
  const uncaught: string[] = [];
  return {
    uncaught,
    run: async (expression) => {
      const {value, notes} = (await run(withNotes(expression))) as {value: unknown; notes: string[]};
      uncaught.push(...notes);
      return value;
    },
  };
}

function withNotes(expression: string): string {
  return `(async () => {
    const notes = (globalThis.uncaughtNotes ??= (${String(takeNotes)})());
    const value = await (${expression});
    return {value, notes: notes.splice(0)};
  })()`;
}

function takeNotes(): string[] {
  const notes: string[] = [];
  // Without an exception behind it, it is a notice: that a ResizeObserver will be called in the next frame, not in this one.
  addEventListener('error', (event) => {
    if (event.error) notes.push(event.message);
  });
  addEventListener('unhandledrejection', (event) => notes.push(String(event.reason)));
  return notes;
}
