import {html, type TemplateResult} from 'lit';
import {safeImageUrl} from '../behaviors/safe-url.js';
import {withoutBidiControls} from '../behaviors/text-shape.js';
import type {Strings} from '../i18n/index.js';
import {idKey, type PersonData} from '../model/index.js';
import {TONES} from '../styles/palette.js';

/** The index of the colour of this person. It is computed from the id, so it is always the same. */
export function toneOf(person: PersonData): number {
  let hash = 0;
  for (const char of idKey(person.id)) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % TONES.length;
}

/** A name without characters that would turn round the letters around it, or its own. A page may hand in a number, or nothing. */
export function plainName(name: string | number | null | undefined, {unknownPerson}: Strings): string {
  return withoutBidiControls(String(name || '')) || unknownPerson;
}

/** The initials of a name: the first letters of its first and last word. */
function initialsOf(name: unknown): string {
  // Of a page that hands in what a database made a number of, it may be one.
  const words = withoutBidiControls(String(name)).split(/\s+/u).filter(Boolean);
  words.splice(1, words.length - 2);
  return words
    .map(([letter]) => letter)
    .join('')
    .toLocaleUpperCase();
}

/**
 * The picture of a person; the initials if there is none, it may not be fetched, or it fails to load. Hidden from screen readers, since the
 * name stands beside it. Styled by `avatarStyles`.
 */
export function renderAvatar(person: PersonData): TemplateResult {
  const picture = safeImageUrl(person.avatarUrl);
  return html`<span class="avatar edge tone-${toneOf(person)}" part="avatar" aria-hidden="true"
    >${initialsOf(person.name)}${
      picture
        ? html`<img
            src=${picture}
            alt=""
            loading="lazy"
            decoding="async"
            referrerpolicy="no-referrer"
            @load=${showPicture}
            @error=${showPicture}
          />`
        : null
    }</span
  >`;
}

/** Not by `hidden`: the next picture would not be loaded. */
function showPicture({target, type}: Event): void {
  (target as HTMLElement).style.visibility = type === 'error' ? 'hidden' : '';
}
