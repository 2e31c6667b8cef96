import {nothing, type ReactiveController, type ReactiveControllerHost} from 'lit';
import type {Unsubscribe} from '../model/index.js';
import {localeChanges, stringsFor} from './registry.js';
import type {Strings} from './strings.js';

/** One observer for all controllers, of `<html lang>`, on which pages switch their language. It is disconnected with the last controller. */
let observer: MutationObserver | undefined;
let watchers = 0;

/**
 * Keeps the strings of the right language in `strings`, and requests an update of its host when they change.
 *
 * The language is that of the enclosing `<chat-connection locale>` (or of the one that a `connection` attribute on the way up
 * names); without one, that of the nearest `lang` attribute through shadow roots; without that, English.
 *
 * A language that is set by `locale` may differ from that of the page, so the host then gets the attributes `lang` and `dir`, unless the page
 * has set `dir` on it.
 */
export class LocaleController implements ReactiveController {
  strings: Strings = stringsFor('en');
  /** The `dir` that was set on the host; `false` or undefined where no `locale` is set, and the page decides. */
  direction: 'ltr' | 'rtl' | false | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  #unsubscribe: Unsubscribe | undefined;
  #morphs: MutationObserver | undefined;
  #connection: unknown;
  /** Whether a server has rendered the host, in English. It must be hydrated in English before another language can be shown. */
  #isServed: boolean;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#isServed = !!host.shadowRoot;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unsubscribe = localeChanges.add(() => this.#look());
    watchers += 1;
    observer ??= new MutationObserver(() => localeChanges.call());
    observer.observe(document.documentElement, {attributeFilter: ['lang']});
    // Livewire, or whatever else morphs a page, takes away what its server has not rendered.
    if (this.#host.getRootNode() === document) {
      this.#morphs ??= new MutationObserver(() => {
        if (this.direction && !this.#host.dir) this.#look();
      });
      this.#morphs.observe(this.#host, {attributeFilter: ['dir']});
    }
    this.#look();
  }

  hostUpdate(): void {
    const connection: unknown = Reflect.get(this.#host, 'connection');
    if (connection === this.#connection) return;
    this.#connection = connection;
    this.#look();
  }

  hostUpdated(): void {
    if (!this.#isServed) return;
    this.#isServed = false;
    this.#look();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    watchers -= 1;
    if (watchers === 0) observer?.disconnect();
  }

  #look(): void {
    if (this.#isServed) return;
    const host = this.#host;
    if (this.direction) {
      host.removeAttribute('lang');
      host.removeAttribute('dir');
    }
    const [locale, isExplicit] = findLocale(host);
    const strings = stringsFor(locale);
    const direction = isExplicit && !host.dir && strings.direction;
    if (direction) {
      host.lang = strings.locale;
      host.dir = direction;
    }
    if (strings === this.strings && direction === this.direction) return;
    this.strings = strings;
    this.direction = direction;
    host.requestUpdate();
  }
}

/** The `lang` for texts of people inside a host with a `lang` of its own. Their language is not known, so it stays that of the page. */
export function langOfTexts({direction}: LocaleController): string | typeof nothing {
  return direction ? document.documentElement.lang : nothing;
}

/** Finds the locale by looking up through shadow roots. By attributes rather than a context, so that it works before a connection is upgraded. */
function findLocale(from: Element): readonly [locale: string, isExplicit?: true] {
  let lang: string | null = null;
  let element: Element | null | undefined = from;
  while (element) {
    const id: unknown = 'connection' in element ? element.connection : element.getAttribute('connection');
    const root = element.getRootNode() as Partial<Document>;
    const connection = typeof id === 'string' ? (root.getElementById?.(id) ?? document.getElementById(id)) : null;
    const locale = element.getAttribute('locale') ?? connection?.getAttribute('locale');
    if (locale) return [locale, true];
    lang ||= element.getAttribute('lang');
    element = element.assignedSlot ?? element.parentElement ?? (element.parentNode as Partial<ShadowRoot> | null)?.host;
  }
  return [lang || 'en'];
}
