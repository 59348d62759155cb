/** Class-incremental learning: one task after the other, each sample shown once. */
import {
  type AccuracyMatrix,
  type IncrementalMeasures,
  incrementalMeasures,
} from '../accuracy-matrix.ts';
import type { FeatureLearner } from '../feature-learner.ts';
import { learnAll } from '../learn-all.ts';
import type { Scene } from '../scene.ts';
import { accuracy, calibrationErrorOf } from './decide.ts';

export interface IncrementalResult extends IncrementalMeasures {
  /** R[i, j]: accuracy on task j after task i. */
  readonly matrix: AccuracyMatrix;
  /** Of the probabilities after the last task, 0 to 1; null from a learner without any. */
  readonly calibrationError: number | null;
  /** Bytes that the learner keeps after the last task. */
  readonly bytes: number;
  /** The same per class learned after the base. */
  readonly bytesPerNewClass: number;
  /** Time of learning in batches, per sample, features not counted, in ms. */
  readonly learnMilliseconds: number;
}

/**
 * @param learner knows the base, and all classes afterwards
 * @param most test samples it is asked at most
 * @param onProgress gets the share done, 0 to 1
 */
export async function runIncremental(
  learner: FeatureLearner,
  scene: Scene,
  most: number | undefined,
  onProgress: (share: number) => void,
): Promise<IncrementalResult> {
  const { tasks, newClasses } = scene;
  const questions = tasks.map((classes) => scene.asked(classes, most));
  const baseBytes = learner.bytes();
  const matrix: number[][] = [];
  let samples = 0;
  let milliseconds = 0;
  for (let task = 0; task < tasks.length; task++) {
    if (task > 0) {
      const taught = scene.taught(task);
      const started = performance.now();
      await learnAll(learner, taught);
      milliseconds += performance.now() - started;
      samples += taught.count;
    }
    const row: number[] = [];
    for (const asked of questions.slice(0, task + 1)) row.push(await accuracy(learner, asked));
    matrix.push(row);
    onProgress((task + 1) / tasks.length);
  }
  const bytes = learner.bytes();
  return {
    ...incrementalMeasures(
      matrix,
      questions.map(({ count }) => count),
    ),
    matrix,
    calibrationError: await calibrationErrorOf(learner, questions),
    bytes,
    bytesPerNewClass: (bytes - baseBytes) / newClasses.length,
    learnMilliseconds: milliseconds / samples,
  };
}
