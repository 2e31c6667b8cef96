/**
 * The colours by role, for a light and a dark surrounding. A page overrides each as `--chat-color-<role>`.
 * Text passes 4.5:1 on every surface it is used on.
 */
export const PALETTE = {
  surface: ['#fff', '#171a20'],
  canvas: ['#f4f6f9', '#0f1116'],
  raised: ['#fff', '#1e222a'],
  line: ['#e2e6ec', '#2a2f39'],
  text: ['#14171c', '#e8ebf0'],
  'text-muted': ['#596270', '#9aa4b2'],
  other: ['#fff', '#232832'],
  'other-text': ['#14171c', '#e8ebf0'],
  danger: ['#b8202b', '#ff8d8d'],
  'danger-soft': ['#fdecec', '#3a1f22'],
  warning: ['#7a4a00', '#ffcf7a'],
  'warning-soft': ['#fff3d9', '#3a2e17'],
  success: ['#177245', '#6fd6a1'],
  'success-soft': ['#e3f5ea', '#16301f'],
} as const;

/** The accent that is used while a page sets none: for lines and text, and for the own bubble. */
export const ACCENT = {line: ['#2b5ce6', '#4b79ff'], own: ['#2b5ce6', '#2f5fe0']} as const;

/**
 * What tells people apart: the colour of the avatar (white on it passes 4.5:1), and of the name on a light and on a dark bubble.
 * Which one a person has follows from the id, so it is the same everywhere and for ever.
 */
export const TONES = [
  ['#0f7b6c', '#0b6b5e', '#59c9b8'],
  ['#b4532a', '#9a4020', '#f0a583'],
  ['#7a4fd0', '#6a3fc0', '#bda4f5'],
  ['#1d6fb8', '#175d9c', '#7fbcf0'],
  ['#b03a72', '#9b2b60', '#f09cc4'],
  ['#4d7a1e', '#41691a', '#a6d06e'],
  ['#8a6400', '#745400', '#e0bd63'],
  ['#5a5fd6', '#4a4fc2', '#a9adf7'],
] as const;
