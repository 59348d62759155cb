/** The weights that a training run begins with. */
import { initialWeights } from '../hff/initial-weights.ts';
import { Random } from '../hff/random.ts';
import { limitToFields } from '../hff/receptive-fields.ts';
import type { TrainedWeights } from './trained-weights.ts';
import type { TrainingPlan } from './training-plan.ts';
import { networkInTraining } from './turned-classes.ts';

/** Name of the random stream under the seed. */
const fieldsStream = 1005;

/** The same plan gives the same numbers. */
export function firstWeights(plan: TrainingPlan): TrainedWeights {
  const { fields, seed } = plan.options;
  const weights = initialWeights(networkInTraining(plan), seed);
  if (fields) {
    const weight = weights.get('layers.0.weight') as Float32Array;
    limitToFields(weight, plan.spec.input, fields, new Random(seed, fieldsStream));
  }
  return weights;
}
