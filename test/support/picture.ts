import {executeServerCommand} from '@web/test-runner-commands';

/** Colours as numbers 0xrrggbb, and how many pixels have each. */
export type Colours = ReadonlyMap<number, number>;

/** What is painted within an element. */
export async function pictureOf(element: Element): Promise<Colours> {
  const png: string = await executeServerCommand<string, unknown>('picture');
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const {left, top, width, height} = element.getBoundingClientRect();
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  const context = canvas.getContext('2d')!;
  context.drawImage(image, -left, -top);
  const colours = new Map<number, number>();
  const {data} = context.getImageData(0, 0, Math.floor(width), Math.floor(height));
  for (let i = 0; i < data.length; i += 4) {
    const colour = (data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!;
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  return colours;
}
