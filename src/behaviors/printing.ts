import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Whether the page is being printed. `onChange` is called before the page is laid out for paper, and again afterwards. */
export class Printing implements ReactiveController {
  isOn = false;
  readonly #onChange: () => void;
  /** Set when the host is connected, since a server has no `matchMedia`. */
  #media: MediaQueryList | undefined;

  constructor(host: ReactiveControllerHost, onChange: () => void) {
    this.#onChange = onChange;
    host.addController(this);
  }

  hostConnected(): void {
    this.#media ??= matchMedia('print');
    this.#listen('addEventListener');
  }

  hostDisconnected(): void {
    this.#listen('removeEventListener');
    this.isOn = false;
  }

  #listen(how: 'addEventListener' | 'removeEventListener'): void {
    for (const type of ['beforeprint', 'afterprint']) window[how](type, this);
    // Not every way of printing fires these events.
    this.#media?.[how]('change', this);
  }

  handleEvent({type, matches}: Event & {readonly matches?: boolean}): void {
    const isOn = type === 'beforeprint' || matches === true;
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    this.#onChange();
  }
}
