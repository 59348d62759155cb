/**
 * What learning costs where it happens: one sample of a new class at a time and a decision after it.
 * Learners take turns, since a machine's speed drifts.
 */
import type { FeatureLearner } from '../feature-learner.ts';
import { Samples } from '../samples.ts';
import type { Scene } from '../scene.ts';
import { median } from '../summary.ts';

/** Medians in ms, features not counted. */
export interface CostResult {
  /** Of learning one sample. */
  readonly learn: number;
  /** Of the first decision after that, less that of a further one: making the decision anew. */
  readonly refresh: number;
  /** Of a further decision on one sample. */
  readonly classify: number;
}

const rounds = 15;

/** @param learners know the base and stay as they are */
export async function measureCosts(
  learners: readonly FeatureLearner[],
  scene: Scene,
  onProgress: (share: number) => void,
): Promise<CostResult[]> {
  const taught = learners.map((learner) => learner.copy());
  const times = taught.map(() => ({ learn: [], refresh: [], classify: [] }) as Times);
  const { set, indices } = scene.taught(1);
  const samples = [...new Samples(set, indices.subarray(0, rounds + 1)).batches(1)];
  for (const [round, shown] of samples.entries()) {
    for (const [i, learner] of taught.entries()) {
      const { features } = shown;
      const learn = await timed(() => learner.learn(shown));
      const first = await timed(() => learner.classify(features, 1));
      const classify = await timed(() => learner.classify(features, 1));
      onProgress((round + (i + 1) / taught.length) / samples.length);
      if (round === 0 && samples.length > 1) continue; // compiling and first allocations
      const { learn: learning, refresh, classify: classifying } = times[i] as Times;
      learning.push(learn);
      refresh.push(Math.max(0, first - classify));
      classifying.push(classify);
    }
  }
  for (const learner of taught) learner.dispose();
  return times.map(({ learn, refresh, classify }) => ({
    learn: median(learn),
    refresh: median(refresh),
    classify: median(classify),
  }));
}

interface Times {
  readonly learn: number[];
  readonly refresh: number[];
  readonly classify: number[];
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
