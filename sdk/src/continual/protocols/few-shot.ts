/** Few-shot learning: the base, then all other classes at once by a few samples each. */
import type { FeatureLearner } from '../feature-learner.ts';
import type { Scene } from '../scene.ts';
import { accuracy } from './decide.ts';

/** Accuracies, 0 to 1, after one draw of samples. Decisions are among all classes. */
export interface FewShotDraw {
  readonly all: number;
  readonly base: number;
  readonly new: number;
}

export interface FewShotResult {
  /** Samples per new class. */
  readonly shots: number;
  readonly draws: readonly FewShotDraw[];
}

export interface FewShotOptions {
  readonly shots: readonly number[];
  readonly draws: number;
}

/**
 * @param learner knows the base and stays as it is
 * @param most test samples it is asked at most
 * @param onProgress gets the share done, 0 to 1
 */
export async function runFewShot(
  learner: FeatureLearner,
  scene: Scene,
  { shots, draws }: FewShotOptions,
  most: number | undefined,
  onProgress: (share: number) => void,
): Promise<FewShotResult[]> {
  const base = scene.asked(scene.tasks[0] as number[], most);
  const added = scene.asked(scene.newClasses, most);
  const results: FewShotResult[] = [];
  for (const perClass of shots) {
    const measured: FewShotDraw[] = [];
    for (let draw = 0; draw < draws; draw++) {
      const taught = learner.copy();
      for (const batch of scene.shots(perClass, draw).batches()) {
        if (taught.show) taught.show(batch);
        else taught.learn(batch);
      }
      const onBase = await accuracy(taught, base);
      const onNew = await accuracy(taught, added);
      taught.dispose();
      const right = onBase * base.count + onNew * added.count;
      measured.push({ all: right / (base.count + added.count), base: onBase, new: onNew });
      onProgress((results.length + (draw + 1) / draws) / shots.length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    results.push({ shots: perClass, draws: measured });
  }
  return results;
}
