/**
 * Does once, with a model of four inputs, what a first classification does: the runtime compiles
 * functions when they are first called, which takes longer than the work itself.
 */
import type { Backend } from './backend/backend.ts';
import type { ModelSpec } from './format/model-spec.ts';
import { writeSnapshot } from './format/write-snapshot.ts';
import { Model } from './model.ts';

const spec: ModelSpec = {
  name: 'warm-up',
  version: 1,
  labels: ['a', 'b'],
  input: {
    width: 2,
    height: 2,
    channels: 1,
    range: [0, 255],
    mean: [1],
    deviation: [1],
    fit: { mode: 'glyph', box: 1 },
  },
  network: {
    layers: [{ type: 'dense', inputs: 4, units: 4, prototypes: [2, 1] }],
    sharpness: 1,
    scale: 1,
    voters: [0],
  },
  training: null,
  statistics: {
    counts: [1, 1],
    directions: 1,
    calibration: { sharpness: 1, reach: 1, middle: 0, spread: 1 },
  },
};

export async function warmUp(backend: Backend): Promise<void> {
  const weights = new Map([
    ['layers.0.weight', new Float32Array(16).fill(1)],
    ['layers.0.bias', new Float32Array(4)],
    ['layers.0.prototypes', new Float32Array(12).fill(0.5)],
    ['head.weights', new Float32Array(8).fill(1)],
    ['head.offsets', new Float32Array(2)],
    ['head.expected', new Float32Array(2).fill(1)],
    ['head.deviations', new Float32Array(2).fill(1)],
    ['head.reaches', new Float32Array(2)],
    ['statistics.means', new Float32Array(8)],
    ['statistics.directions', new Float32Array(4)],
    ['statistics.variances', new Float32Array(4)],
  ]);
  const model = await Model.load(backend, writeSnapshot({ spec, weights }, 'int8'));
  // Once with a background, once without.
  await model.classify([1, 2, 3, 4]);
  await model.classify([9, 9, 9, 4]);
  model.dispose();
}
