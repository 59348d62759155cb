/**
 * A photograph of something written as the pad would have it: bright ink on black. What is lighter or
 * darker than its surroundings is ink, so that shadows and the colour of the paper do not matter.
 */
import type { GreyImage } from '../model-thread/protocol.ts';
import { inkThreshold } from './ink-threshold.ts';
import { localMeans } from './local-means.ts';
import { withoutSpecks } from './without-specks.ts';

/** Half the side of the surroundings, as a share of the picture's: wider than any stroke. */
const reach = 0.18;

/** Fewer grey steps than this between paper and ink are noise, not ink. */
const leastContrast = 20;

export function photographedInk(picture: GreyImage): GreyImage {
  const { width, height, data } = picture;
  const means = localMeans(picture, Math.round(reach * Math.min(width, height)));
  const sign = isDarkOnLight(picture) ? 1 : -1;
  const relief = Float32Array.from(data, (value, i) =>
    Math.max(0, sign * ((means[i] as number) - value)),
  );
  const threshold = inkThreshold(relief);
  const ink = relief.filter((value) => value > threshold).sort();
  const strongest = ink[Math.floor(0.9 * ink.length)] ?? 0;
  if (strongest < leastContrast) return { width, height, data: new Uint8Array(data.length) };
  const weakest = 0.6 * threshold;
  const stretched = Uint8Array.from(relief, (value) => {
    const share = (value - weakest) / (strongest - weakest);
    return Math.round(255 * Math.min(Math.max(share, 0), 1));
  });
  return withoutSpecks({ width, height, data: stretched });
}

/** Whether the extreme that is farther from the paper, the middle value along the border, is dark. */
function isDarkOnLight({ width, height, data }: GreyImage): boolean {
  const border = data
    .filter((_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return x === 0 || y === 0 || x === width - 1 || y === height - 1;
    })
    .sort();
  const all = data.slice().sort();
  const at = (values: Uint8Array, share: number): number =>
    values[Math.floor(share * (values.length - 1))] as number;
  const paper = at(border, 0.5);
  return paper - at(all, 0.01) >= at(all, 0.99) - paper;
}
