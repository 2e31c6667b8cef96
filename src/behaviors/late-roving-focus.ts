import type {ReactiveControllerHost} from 'lit';
import type {RovingFocus, RovingFocusOptions} from './roving-focus.js';

/**
 * A `RovingFocus` whose code is loaded when the focus first comes into the list, by keyboard or by a click. Until then, and if it cannot be
 * loaded, the scroller is the tab stop, and keys scroll it.
 */
export class LateRovingFocus {
  readonly #host: ReactiveControllerHost;
  readonly #options: RovingFocusOptions;
  #roving: RovingFocus | undefined;
  #loading: Promise<void> | undefined;

  constructor(host: ReactiveControllerHost, options: RovingFocusOptions) {
    this.#host = host;
    this.#options = options;
  }

  get isReading(): boolean {
    return !!this.#roving?.isReading;
  }

  /** Whether its code is there. */
  get isLoaded(): boolean {
    return !!this.#roving;
  }

  /** The tab index of the scroller. */
  get tabIndex(): number {
    return this.isLoaded ? -1 : 0;
  }

  /** Resolves when nothing is being loaded. */
  get loaded(): Promise<void> | undefined {
    return this.#loading;
  }

  settle(): void {
    this.#roving?.settle();
  }

  /** To be called at each `focusin`, `focusout` and `keydown` in the scroller. */
  readonly handle = (event: Event): void => {
    if (this.#roving) {
      this.#roving.handle(event);
      // Whether somebody reads may have changed. The focus may also be moved by an update.
      queueMicrotask(() => this.#host.requestUpdate());
    } else if (event.type === 'focusin') {
      // Not for a click: with the focus moved under the pressed button, the browser would drop what is being selected.
      const isByKey = (event.target as Element).matches(':focus-visible');
      this.use((roving) => (isByKey ? roving.enter() : roving.settle()));
    }
  };

  /** Calls `act` once the code is loaded. */
  use(act: (roving: RovingFocus) => void): void {
    if (this.#roving) return act(this.#roving);
    const focused = (): unknown => (this.#options.scroller()?.getRootNode() as Partial<ShadowRoot> | undefined)?.activeElement;
    const before = focused();
    this.#loading = import('./roving-focus.js').then(
      ({RovingFocus}) => {
        this.#roving ??= new RovingFocus(this.#host, this.#options);
        // Not if the focus has left the list meanwhile.
        if (!before || focused()) act(this.#roving);
        this.#host.requestUpdate();
      },
      () => undefined,
    );
  }
}
