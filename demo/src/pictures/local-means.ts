/** The mean of each pixel's surroundings, by sums over rectangles from the corner (Crow 1984). */
import type { GreyImage } from '../model-thread/protocol.ts';

/** @param reach pixels to each side; less at the borders */
export function localMeans({ width, height, data }: GreyImage, reach: number): Float32Array {
  const row = width + 1;
  const sums = new Float64Array(row * (height + 1));
  for (let y = 0; y < height; y++) {
    let line = 0;
    for (let x = 0; x < width; x++) {
      line += data[y * width + x] as number;
      sums[(y + 1) * row + x + 1] = (sums[y * row + x + 1] as number) + line;
    }
  }
  const sum = (x: number, y: number): number => sums[y * row + x] as number;
  return Float32Array.from(data, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const inside = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top);
    return inside / ((right - left) * (bottom - top));
  });
}
