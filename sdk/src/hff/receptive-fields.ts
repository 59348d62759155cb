/**
 * Receptive fields: each unit of the first layer sees a random rectangle of the image only. Its other
 * weights are 0, and stay so since a layer keeps the zeros that it began with (`kept-zeros.ts`).
 */
import type { Random } from './random.ts';

/** Sides of the rectangles, in pixels, drawn evenly: 1 ≤ least ≤ most ≤ each side of the image. */
export interface ReceptiveFields {
  readonly least: number;
  readonly most: number;
}

/**
 * Limits each unit's weights to a field of its own, in all channels, and scales them to the He
 * initialisation of that many inputs.
 * @param weight He-initialised, [height · width · channels, D]; changed in place
 */
export function limitToFields(
  weight: Float32Array,
  image: { readonly width: number; readonly height: number; readonly channels: number },
  { least, most }: ReceptiveFields,
  random: Random,
): void {
  const { width, height, channels } = image;
  const units = weight.length / (width * height * channels);
  const side = (): number => least + random.integer(most - least + 1);
  for (let unit = 0; unit < units; unit++) {
    const [rows, columns] = [side(), side()];
    const top = random.integer(height - rows + 1);
    const left = random.integer(width - columns + 1);
    const factor = Math.sqrt((width * height) / (rows * columns));
    for (let pixel = 0; pixel < width * height; pixel++) {
      const [down, across] = [Math.floor(pixel / width) - top, (pixel % width) - left];
      const seen = down >= 0 && down < rows && across >= 0 && across < columns;
      for (let channel = 0; channel < channels; channel++) {
        const at = (pixel * channels + channel) * units + unit;
        weight[at] = seen ? factor * (weight[at] as number) : 0;
      }
    }
  }
}
