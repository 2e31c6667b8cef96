import {nothing, type ReactiveController, type ReactiveControllerHost} from 'lit';
import type {Unsubscribe} from '../model/index.js';
import {localeChanges, stringsFor} from './registry.js';
import type {Strings} from './strings.js';

/**
 * Keeps the words of the right language at hand, and asks its host for an update when that becomes another one.
 *
 * The language is that of the enclosing `<chat-connection locale>` (or of the one that a `connection` attribute on the way up
 * names); without one, that of the nearest `lang` attribute through shadow roots; without that, English.
 */
export class LocaleController implements ReactiveController {
  strings: Strings = stringsFor('en');
  /** The direction to lay out in: set where a `locale` was asked for, undefined where the page decides. */
  direction: 'ltr' | 'rtl' | undefined;

  readonly #host: ReactiveControllerHost & Element;
  #unsubscribe: Unsubscribe | undefined;
  #connection: unknown;
  /** Whether a server has rendered the host, in English: other words are shown once it was taken over as it is, or those would stay. */
  #isServed: boolean;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#isServed = !!host.shadowRoot;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unsubscribe = localeChanges.add(() => this.#look());
    watchPageLanguage(1);
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
    watchPageLanguage(-1);
  }

  #look(): void {
    if (this.#isServed) return;
    const [locale, isExplicit] = findLocale(this.#host);
    const strings = stringsFor(locale);
    const direction = isExplicit ? strings.direction : undefined;
    if (strings === this.strings && direction === this.direction) return;
    this.strings = strings;
    this.direction = direction;
    this.#host.requestUpdate();
  }
}

/** The `lang` of our words where a `locale` was asked for; the page decides otherwise. */
export function langOfWords({direction, strings}: LocaleController): string | typeof nothing {
  return direction ? strings.locale : nothing;
}

/** The `lang` of what people write amid our words: nobody knows it, so it stays that of the page. */
export function langOfTexts({direction}: LocaleController): string | typeof nothing {
  return direction ? document.documentElement.lang : nothing;
}

/** Looks up through shadow roots. Attributes and not a context, so that a provider which upgrades later has its say at once. */
function findLocale(from: Element): readonly [locale: string, isExplicit?: true] {
  let lang: string | null = null;
  for (let element: Element | null = from; element; element = parentThroughRoots(element)) {
    const locale =
      element.getAttribute('locale') ??
      localeOfConnection(Reflect.get(element, 'connection') ?? element.getAttribute('connection'));
    if (locale) return [locale, true];
    lang ||= element.getAttribute('lang');
  }
  return [lang || 'en'];
}

function localeOfConnection(id: unknown): string | null {
  return typeof id === 'string' && id ? (document.getElementById(id)?.getAttribute('locale') ?? null) : null;
}

function parentThroughRoots(element: Element): Element | null {
  const parent = element.assignedSlot ?? element.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

let watchers = 0;
let observer: MutationObserver | undefined;

/** One observer for all: a page that switches its language does so on its root. It stands as long as somebody listens. */
function watchPageLanguage(change: 1 | -1): void {
  watchers += change;
  if (watchers > 0 && !observer) {
    observer = new MutationObserver(() => localeChanges.call());
    observer.observe(document.documentElement, {attributes: true, attributeFilter: ['lang']});
  } else if (watchers === 0) {
    observer?.disconnect();
    observer = undefined;
  }
}
