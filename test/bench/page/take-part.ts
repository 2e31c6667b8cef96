import {Bench} from './bench.js';
import type {Contestant} from './contestant.js';

declare global {
  interface Window {
    bench?: Bench;
  }
}

/** Makes a list one that can be measured, in the page it stands in. */
export function takePart(contestant: Contestant): void {
  window.bench = new Bench(contestant, document.querySelector<HTMLElement>('#root') ?? document.body);
}
