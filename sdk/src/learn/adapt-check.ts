/** What an adaptation must not fall behind: the layers as they are, with the same samples learned. */
import type { Head, Readout } from '../readout.ts';
import type { Pause } from './adapt-features.ts';
import type { Exemplar } from './exemplars.ts';
import type { Learning } from './learning.ts';

/** Samples with their features on the layers as they are. */
export interface FrozenSamples {
  readonly samples: readonly Exemplar[];
  /** [D] each. */
  readonly rows: readonly Float32Array[];
}

/**
 * Share of `held` that the model would decide rightly, had it learned all of `training` and nothing of
 * `held`: most of what is at hand was learned before, and it would else be judged by what it has seen.
 * What is folded into sums (D samples of a class and more) cannot be found there and stays in.
 */
export async function shareWithout(
  learning: Learning,
  training: FrozenSamples,
  held: FrozenSamples,
  pause: Pause,
): Promise<number> {
  const { state } = learning.learner;
  const copy = state.copy('held-back');
  const taught = new Set(
    copy
      .classes()
      .filter(({ count }) => count !== 0)
      .map(({ label }) => label),
  );
  const learnedRow = ({ label, sample }: Exemplar, row: Float32Array): Float32Array | null => {
    if (!taught.has(label)) return null;
    if (copy.holds(label, row)) return row;
    const views = learning.features(sample, true);
    return copy.holds(label, views) ? views : null;
  };
  for (const [i, each] of held.samples.entries()) {
    const row = learnedRow(each, held.rows[i] as Float32Array);
    if (row) copy.take(copy.plan.forget(each.label, row));
    await pause();
  }
  const labels: string[] = [];
  const rows: Float32Array[] = [];
  for (const [i, each] of training.samples.entries()) {
    const row = training.rows[i] as Float32Array;
    await pause();
    if (learnedRow(each, row)) continue;
    labels.push(each.label);
    rows.push(row);
  }
  copy.take(copy.plan.learn(labels, rows));
  const learner = learning.learnerOf(copy);
  try {
    const readout = learning.readoutOf(learner.fit() as Head);
    const share = shareRight(readout, held.samples, held.rows);
    readout.dispose();
    return share;
  } finally {
    learner.dispose();
  }
}

/**
 * Share of the samples that are decided rightly, 0 to 1.
 * @param rows features of `samples`, one by one
 */
export function shareRight(
  readout: Readout,
  samples: readonly Exemplar[],
  rows: readonly Float32Array[],
): number {
  const right = samples.filter(({ label }, i) => {
    const scores = readout.scores(rows[i] as Float32Array, 1);
    return readout.labels[scores.indexOf(Math.max(...scores))] === label;
  });
  return right.length / samples.length;
}
