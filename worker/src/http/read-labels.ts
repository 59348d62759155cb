/** Labels of the samples of a request. */
import { Problem } from './problem.ts';

/**
 * @param labels those of JSON
 * @param label that of the address, for all samples
 * @throws Problem `request/invalid`
 */
export function labelsOf(
  labels: readonly string[] | undefined,
  label: string | undefined,
  samples: number,
): readonly string[] {
  const all = labels ?? (label === undefined ? [] : Array<string>(samples).fill(label));
  if (all.length === samples) return all;
  throw new Problem(
    'request/invalid',
    `labels: expected one for each of ${samples} samples, got ${all.length}. In JSON "labels" has them; with other bodies ?label= is that of all.`,
  );
}
