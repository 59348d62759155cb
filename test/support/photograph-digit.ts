/** Handwritten digits as a telephone takes them: dark ink on paper, light from one side, grain. */
import type { PixelImage } from '../../sdk/src/data/pixel-image.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { renderDigit } from './render-digit.ts';

/**
 * @param digit 0 to 9
 * @param seed picks hand, light and grain
 */
export function photographDigit(digit: number, seed: number, size: number): PixelImage {
  const { width, height, data } = renderDigit(digit, seed, size);
  const random = new Random(seed, digit, 2);
  const angle = 2 * Math.PI * random.uniform();
  const [right, down] = [Math.cos(angle), Math.sin(angle)];
  const photo = data.map((ink, i) => {
    const [x, y] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5];
    const light = 165 + 110 * (right * x + down * y);
    const lit = light * (1 - (0.6 * ink) / 255);
    return Math.round(Math.min(Math.max(lit + 6 * random.normal(), 0), 255));
  });
  return { width, height, data: photo };
}
