/** A small model as a snapshot, its bytes, and what its reader says against them. */
import { HffError } from '../../sdk/src/error.ts';
import type { ModelSpec } from '../../sdk/src/format/model-spec.ts';
import { type Snapshot, writeSnapshot } from '../../sdk/src/format/snapshot.ts';
import { initialWeights } from '../../sdk/src/hff/network.ts';

export const spec: ModelSpec = {
  name: 'tiny',
  version: 3,
  labels: ['a', 'b', 'ü'],
  input: {
    width: 4,
    height: 3,
    channels: 1,
    range: [0, 255],
    mean: [33.1],
    deviation: [78.6],
    fit: { mode: 'glyph', box: 3 },
  },
  network: {
    layers: [
      { type: 'dense', inputs: 12, units: 9, prototypes: [1, 2, 1] },
      { type: 'dense', inputs: 9, units: 5, prototypes: [1, 1, 1] },
    ],
    sharpness: 30,
    scale: 20,
    voters: [1],
  },
  training: {
    data: 'x',
    samples: 10,
    holdoutShare: 0.1,
    epochs: 2,
    bestEpoch: 1,
    batchSize: 2,
    learningRate: 0.001,
    margin: 0,
    dropout: 0.2,
    noise: 0,
    seed: 1,
    testAccuracy: 0.5,
  },
};
export const snapshot: Snapshot = { spec, weights: initialWeights(spec.network, 1) };
export const bytes = writeSnapshot(snapshot, 'float32');

/** The error that `action` ends with. */
export function refusal(action: () => unknown): HffError {
  try {
    action();
  } catch (error) {
    if (error instanceof HffError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}
