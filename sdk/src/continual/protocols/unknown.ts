/** Unknown classes: those that are not learned yet must be less familiar than those of the base. */
import type { FeatureLearner } from '../feature-learner.ts';
import { areaUnder, falsePositivesAt, type RocPoint, rocCurve, thinned } from '../roc.ts';
import type { Scene } from '../scene.ts';
import { familiarityOf } from './decide.ts';

export interface UnknownResult {
  /** Area under the ROC curve, 0 to 1. */
  readonly auroc: number;
  /** Share of unknown samples accepted where 95 % of the known ones are. */
  readonly falsePositives: number;
  /** Share of known samples rejected at the learner's own threshold; null if it has none. */
  readonly knownRejected: number | null;
  /** Share of unknown samples rejected there. */
  readonly unknownRejected: number | null;
  readonly curve: readonly RocPoint[];
}

const recall = 0.95;
const drawnPoints = 150;

/**
 * @param learner knows the base
 * @param most test samples it is asked at most
 */
export async function runUnknown(
  learner: FeatureLearner,
  scene: Scene,
  most: number | undefined,
): Promise<UnknownResult> {
  const known = await familiarityOf(learner, scene.asked(scene.tasks[0] as number[], most));
  const unknown = await familiarityOf(learner, scene.asked(scene.newClasses, most));
  const curve = rocCurve(known, unknown);
  const { threshold } = learner;
  const rejected = (familiarity: Float32Array): number | null =>
    threshold === null
      ? null
      : familiarity.filter((value) => value < threshold).length / familiarity.length;
  return {
    auroc: areaUnder(curve),
    falsePositives: falsePositivesAt(curve, recall),
    knownRejected: rejected(known),
    unknownRejected: rejected(unknown),
    curve: thinned(curve, drawnPoints),
  };
}
