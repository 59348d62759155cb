/** Whether the statistics of a model are sound: looked at when it first learns, not when it loads. */
import { toFloat32 } from '../backend/numbers.ts';
import { HffError } from '../error.ts';
import type { BaseStatistics } from './base-statistics.ts';

/** @throws HffError `snapshot/not-finite`, `snapshot/inconsistent`, naming the tensor */
export function checkStatistics({ means, directions, variances }: BaseStatistics): void {
  for (const [name, numbers] of Object.entries({ means, directions, variances })) {
    if (toFloat32(numbers).every(Number.isFinite)) continue;
    throw new HffError(
      'snapshot/not-finite',
      `statistics.${name}: expected finite numbers, got NaN or an infinity. The model is damaged.`,
    );
  }
  const bad = variances.findIndex((variance) => variance < 0);
  if (bad < 0) return;
  throw new HffError(
    'snapshot/inconsistent',
    `statistics.variances[${bad}]: expected 0 or more, got ${variances[bad]}. The model is damaged.`,
  );
}
