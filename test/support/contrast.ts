/** What is shown in sRGB, 0 to 255. */
export type Colour = readonly [r: number, g: number, b: number];

/** Any colour that the browser can show, as what it shows. */
export function shown(colour: string): Colour {
  const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true})!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

function luminance([r, g, b]: Colour): number {
  const linear = (channel: number): number => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** The contrast of two colours, as WCAG defines it: 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Which text stands on which background, by the private names of the tokens. */
export const TEXT_PAIRS: readonly (readonly [text: string, under: string])[] = [
  ...['surface', 'canvas', 'raised', 'other'].flatMap((under) =>
    ['text', 'text-muted', 'accent-text'].map((text) => [text, under] as const),
  ),
  ['danger', 'canvas'],
  ['danger', 'danger-soft'],
  ['text', 'danger-soft'],
  ['warning', 'warning-soft'],
  ['success', 'surface'],
  ['success', 'success-soft'],
  ['other-text', 'other'],
  ['own-text', 'own'],
  ['own-muted', 'own'],
];
