import {nothing, type ReactiveController, type ReactiveControllerHost} from 'lit';
import type {Unsubscribe} from '../model/index.js';
import {localeChanges, stringsFor} from './registry.js';
import type {Strings} from './strings.js';

/** One observer for all: a page that switches its language does so on its root. It stands as long as somebody listens. */
let observer: MutationObserver | undefined;
let watchers = 0;

/**
 * Keeps the words of the right language at hand, and asks its host for an update when that becomes another one.
 *
 * The language is that of the enclosing `<chat-connection locale>` (or of the one that a `connection` attribute on the way up
 * names); without one, that of the nearest `lang` attribute through shadow roots; without that, English.
 *
 * A language that was asked for need not be that of the page, so the host bears its `lang` and `dir`, unless a page has
 * set `dir` there.
 */
export class LocaleController implements ReactiveController {
  strings: Strings = stringsFor('en');
  /** The direction that the host bears: set where a `locale` was asked for, none where the page decides. */
  direction: 'ltr' | 'rtl' | false | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  #unsubscribe: Unsubscribe | undefined;
  #connection: unknown;
  /** Whether a server has rendered the host, in English: other words are shown once it was taken over as it is, or those would stay. */
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

/** The `lang` of what people write amid our words: nobody knows it, so it stays that of the page. */
export function langOfTexts({direction}: LocaleController): string | typeof nothing {
  return direction ? document.documentElement.lang : nothing;
}

/** Looks up through shadow roots. Attributes and not a context, so that a provider which upgrades later has its say at once. */
function findLocale(from: Element): readonly [locale: string, isExplicit?: true] {
  let lang: string | null = null;
  for (let element: Element | null | undefined = from; element; element = parentThroughRoots(element)) {
    const id: unknown = Reflect.get(element, 'connection') ?? element.getAttribute('connection');
    const connection = typeof id === 'string' ? document.getElementById(id) : null;
    const locale = element.getAttribute('locale') ?? connection?.getAttribute('locale');
    if (locale) return [locale, true];
    lang ||= element.getAttribute('lang');
  }
  return [lang || 'en'];
}

function parentThroughRoots({assignedSlot, parentElement, parentNode}: Element): Element | null | undefined {
  return assignedSlot ?? parentElement ?? (parentNode as Partial<ShadowRoot> | null)?.host;
}
