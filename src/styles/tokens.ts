import {css, unsafeCSS, type CSSResult} from 'lit';
import {ACCENT, PALETTE} from './palette.js';

type Pair = readonly [light: string, dark: string];

/** The relative luminance of the origin colour, as WCAG defines it, from the channels of `srgb-linear`. */
const LUMINANCE = '(0.2126 * r + 0.7152 * g + 0.0722 * b)';

// White passes 4.5:1 up to a luminance of 0.1833 and black from 0.175 on, so that anything between decides for one of them.
const IS_DARK = `clamp(0, (0.1791 - ${LUMINANCE}) * 100000, 1)`;
// As far from the text colour as 4.6:1 allows, and no farther than looks good.
const MUTED = `(${IS_DARK} * clamp(0.83, 4.6 * (${LUMINANCE} + 0.05) - 0.05, 1) + (1 - ${IS_DARK}) * clamp(0, (${LUMINANCE} + 0.05) / 4.6 - 0.05, 0.03))`;
// Darkened until it passes on the lightest surface, or lightened until it passes on the lightest of the dark ones.
const DARKENED = `min(1, 0.155 / max(${LUMINANCE}, 0.0001))`;
const LIGHTENED = `clamp(0, (0.29 - ${LUMINANCE}) / max(1 - ${LUMINANCE}, 0.0001), 1)`;

const grey = (origin: string, level: string): string =>
  `color(from ${origin} srgb-linear calc(${level}) calc(${level}) calc(${level}) / 1)`;
const channels = (origin: string, change: (channel: string) => string): string =>
  `color(from ${origin} srgb-linear calc(${change('r')}) calc(${change('g')}) calc(${change('b')}) / 1)`;

/** The declarations of every colour, given how a pair of a light and a dark value is written. */
function colours(pair: (values: Pair) => string): string {
  const roles = Object.entries(PALETTE).map(([role, values]) => `--_${role}: var(--chat-color-${role}, ${pair(values)});`);
  return [
    ...roles,
    `--_accent: var(--chat-accent, ${pair(ACCENT.line)});`,
    `--_own: var(--chat-color-own, var(--chat-accent, ${pair(ACCENT.own)}));`,
    `--_shadow: var(--chat-shadow, 0 1px 1px ${pair(['rgb(20 30 50 / 0.05)', 'rgb(0 0 0 / 0.2)'])}, 0 1px 3px ${pair(['rgb(20 30 50 / 0.06)', 'rgb(0 0 0 / 0.25)'])});`,
    `--_shadow-float: var(--chat-shadow-float, 0 8px 30px ${pair(['rgb(20 30 50 / 0.16)', 'rgb(0 0 0 / 0.55)'])}, 0 2px 6px ${pair(['rgb(20 30 50 / 0.08)', 'rgb(0 0 0 / 0.3)'])});`,
  ].join('\n');
}

/** What is computed from the accent, where the engine can. */
function derived(pair: (values: Pair) => string): string {
  return [
    `--_own-text: var(--chat-color-own-text, ${grey('var(--_own)', IS_DARK)});`,
    `--_own-muted: var(--chat-color-own-muted, ${grey('var(--_own)', MUTED)});`,
    `--_accent-text: var(--chat-color-accent-text, ${pair([
      channels('var(--_accent)', (c) => `${c} * ${DARKENED}`),
      channels('var(--_accent)', (c) => `${c} + (1 - ${c}) * ${LIGHTENED}`),
    ])});`,
  ].join('\n');
}

const either = ([light, dark]: Pair): string => `light-dark(${light}, ${dark})`;
const lightOf = ([light]: Pair): string => light;

/**
 * Every value that our styles read, as private properties of the host. A page sets `--chat-accent`, `--chat-radius`, `--chat-font`,
 * `--chat-density` (a factor, 1 by default) and `color-scheme`, or any `--chat-*` token, on any ancestor; what it leaves
 * out has the default from here. Light or dark follows `color-scheme`.
 *
 * Colours: `--_surface`, `--_canvas`, `--_raised`, `--_line`, `--_text`, `--_text-muted`, `--_other`, `--_other-text`,
 * `--_danger`, `--_danger-soft`, `--_warning`, `--_warning-soft`, `--_success`, `--_success-soft`, `--_accent` (lines, focus ring),
 * `--_accent-text` (the accent, made to pass as text), `--_own` (own bubble, filled button, badge), `--_own-text`, `--_own-muted`.
 * Form: `--_radius`, `--_radius-tight`, `--_space` (4px at density 1), `--_font`, `--_shadow`, `--_shadow-float`, `--_motion` (a duration).
 *
 * @cssprop [--chat-accent=light-dark(#2b5ce6, #4b79ff)] - The one knob of colour: own bubbles, filled buttons, badges, the focus ring and dividers come from it.
 * @cssprop [--chat-radius=18px] - How round bubbles are.
 * @cssprop [--chat-font=system-ui] - The font.
 * @cssprop [--chat-density=1] - A factor for the room between and around messages.
 * @cssprop --chat-color-surface - Header and composer.
 * @cssprop --chat-color-canvas - Behind the messages.
 * @cssprop --chat-color-raised - What lies over something: day, dialog, notices.
 * @cssprop --chat-color-line - Lines between areas, and placeholders.
 * @cssprop --chat-color-text - Text.
 * @cssprop --chat-color-text-muted - Text that steps back: times, notes.
 * @cssprop --chat-color-other - Bubbles of others.
 * @cssprop --chat-color-other-text - Text in them.
 * @cssprop [--chat-color-own=var(--chat-accent)] - One's own bubbles.
 * @cssprop --chat-color-own-text - Text in them. By default black or white, whichever can be read.
 * @cssprop --chat-color-own-muted - Time and status in them. By default as far from the text as can be read.
 * @cssprop --chat-color-accent-text - The accent as text. By default made darker or lighter until it can be read.
 * @cssprop --chat-color-danger - What failed.
 * @cssprop --chat-color-danger-soft - Behind it.
 * @cssprop --chat-color-warning - What needs a person.
 * @cssprop --chat-color-warning-soft - Behind it.
 * @cssprop --chat-color-success - What is well again.
 * @cssprop --chat-color-success-soft - Behind it.
 * @cssprop [--chat-radius-tight=min(6px, var(--chat-radius))] - The corners between messages of a group.
 * @cssprop [--chat-space=calc(4px * var(--chat-density))] - The unit of room.
 * @cssprop --chat-shadow - Under bubbles.
 * @cssprop --chat-shadow-float - Under what floats: dialog, notices, buttons over the list.
 * @cssprop [--chat-motion=160ms] - How long a movement takes; 0s where people ask for less motion.
 */
export const tokens: CSSResult = css`
  :host {
    --_radius: var(--chat-radius, 18px);
    --_radius-tight: var(--chat-radius-tight, min(6px, var(--_radius)));
    --_space: var(--chat-space, calc(4px * var(--chat-density, var(--_fit, 1))));
    --_font: var(--chat-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif);
    --_motion: var(--chat-motion, 160ms);
    ${unsafeCSS(colours(lightOf))}
    --_own-text: var(--chat-color-own-text, #fff);
    --_own-muted: var(--chat-color-own-muted, #fff);
    --_accent-text: var(--chat-color-accent-text, var(--_accent));
  }

  @supports (color: light-dark(#000, #fff)) {
    :host {
      ${unsafeCSS(colours(either))}
    }
  }

  @supports (color: color(from #000 srgb-linear r g b)) and (color: light-dark(#000, #fff)) {
    :host {
      ${unsafeCSS(derived(either))}
    }
  }

  @media (prefers-contrast: more) {
    :host {
      --_text-muted: var(--_text);
      --_own-muted: var(--_own-text);
      --_line: currentColor;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_motion: 0s;
    }
  }
`;
