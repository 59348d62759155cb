/** A model with statistics, untrained: what learning costs does not depend on what the layers know. */

import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { addStatistics, loadModel, type Snapshot } from '../../sdk/src/node.ts';
import { designModel } from '../../sdk/src/train/design-model.ts';

const samples = 3000;
const side = 28;
const classes = 10;

/** Blurred noise of one centre for each class, 28 × 28. */
export function noiseImages(): Dataset {
  const random = new Random(7);
  const size = side * side;
  const centres = random.normals(classes * size, 40);
  const inputs = new Uint8Array(samples * size);
  const labels = Uint16Array.from({ length: samples }, (_, n) => n % classes);
  for (let i = 0; i < inputs.length; i++) {
    const centre = centres[(labels[Math.floor(i / size)] as number) * size + (i % size)] as number;
    inputs[i] = Math.max(0, Math.min(255, 128 + centre + 30 * random.normal()));
  }
  const names = Array.from({ length: classes }, (_, c) => String(c));
  return { inputs, labels, classes: names, width: side, height: side, channels: 1 };
}

/** @param prototypes of each class and layer */
export async function untaughtModel(dataset: Dataset, prototypes: number): Promise<Snapshot> {
  const spec = designModel(dataset, {
    name: 'bench',
    units: [500, 500],
    prototypes,
    sharpness: 30,
    scale: 20,
    voters: [0, 1],
    fit: { mode: 'cover' },
  });
  const model = await loadModel({ spec, weights: initialWeights(spec.network, 1) });
  const snapshot = await addStatistics(await model.export(), dataset);
  model.dispose();
  return snapshot;
}
