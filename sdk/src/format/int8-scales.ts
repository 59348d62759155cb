/** The scales beside a tensor of int8: one per row, each at least 0, no number out of float32. */
import { HffError } from '../error.ts';
import { inconsistent } from './refuse.ts';

/** Its 128-fold is the largest float32. */
const largestScale = ((2 - 2 ** -23) * 2 ** 127) / 128;

/** Name of the tensor that holds the scales of the tensor `name`. */
export function scalesOf(name: string): string {
  return `${name}_scale`;
}

/**
 * @param name of the tensor of int8
 * @throws HffError `snapshot/inconsistent` for a negative scale, `snapshot/not-finite`
 */
export function checkScales(name: string, scales: Float32Array): void {
  const bad = scales.findIndex((scale) => !(scale >= 0 && scale <= largestScale));
  if (bad < 0) return;
  const where = `${scalesOf(name)}[${bad}]`;
  const scale = scales[bad] as number;
  if (scale < 0) inconsistent(where, 'a scale ≥ 0', `${scale}`);
  throw new HffError(
    'snapshot/not-finite',
    `${where}: expected a scale up to ${largestScale}, got ${scale}. The training diverged, or the file is damaged.`,
  );
}
