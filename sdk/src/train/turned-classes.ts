/**
 * Quarter turns as classes: while it learns, a network tells (turn, class) apart, which teaches it
 * what an image shows better than the classes alone. The upright classes come first and are all that
 * the finished model keeps.
 */
import { expectedTensors } from '../format/stored-weights.ts';
import { foldedWeights } from '../hff/folded-weights.ts';
import type { NetworkSpec } from '../hff/network.ts';
import { trainable } from '../hff/trainable.ts';
import type { TrainedWeights } from './trained-weights.ts';
import type { TrainingPlan } from './training-plan.ts';

/** The network that a plan trains: four times the classes of its model where turns are learned. */
export function networkInTraining({ spec, options }: TrainingPlan): NetworkSpec {
  const { network } = spec;
  if (!options.turns) return network;
  const layers = network.layers.map(trainable).map((layer) => {
    const { prototypes } = layer;
    return { ...layer, prototypes: [prototypes, prototypes, prototypes, prototypes].flat() };
  });
  return { ...network, layers };
}

/** Of the weights of {@link networkInTraining}, those of the plan's model. */
export function uprightWeights(plan: TrainingPlan, weights: TrainedWeights): TrainedWeights {
  const shapes = [...expectedTensors(plan.spec.network.layers)];
  const folded = foldedWeights(networkInTraining(plan), weights);
  return new Map(
    shapes.map(([name, { shape }]) => {
      const length = shape.reduce((product, n) => product * n, 1);
      // Only prototypes are fewer, and their rows follow the classes.
      return [name, (folded.get(name) as Float32Array).subarray(0, length)];
    }),
  );
}
