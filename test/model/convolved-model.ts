/** A small model with convolutions of drawn digits, 0 to 7, that can learn the other two. */

import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { headOf } from '../../sdk/src/format/statistics-tensors.ts';
import { namedStatistics, statisticsOf } from '../../sdk/src/format/stored-statistics.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { correctHead } from '../../sdk/src/learn/correct-head.ts';
import {
  addStatistics,
  beginTraining,
  type Dataset,
  designModel,
  loadModel,
  type Snapshot,
  type TrainingPlan,
} from '../../sdk/src/node.ts';
import { drawnSet } from './drawn-model.ts';

export const dataset: Dataset = drawnSet(640);

export const plan: TrainingPlan = {
  spec: designModel(dataset, {
    name: 'convolved',
    units: [{ channels: 8 }, { channels: 16 }],
    prototypes: 1,
    sharpness: 30,
    scale: 40,
    fit: { mode: 'glyph', box: 20 },
  }),
  options: {
    epochs: 3,
    batchSize: 32,
    learningRate: 5e-3,
    margin: 0,
    dropout: 0,
    noise: 0,
    augment: { shift: 2, rotate: 0, zoom: 0, flip: false },
    seed: 3,
  },
  holdoutShare: 0.1,
  data: 'drawn',
};

/** Without statistics. */
export async function trainConvolved(): Promise<Snapshot> {
  const training = await beginTraining(dataset, plan);
  await training.run();
  const trained = training.best() as Snapshot;
  return trained;
}

/** The file of a trained model, with statistics. */
export async function convolvedFile(trained: Snapshot): Promise<Uint8Array> {
  const bare = await (await loadModel(trained)).export();
  return (await loadModel(await addStatistics(bare, dataset))).export();
}

/** The same model with corrections, drawn at random and a tenth of what it decides by. */
export function correctedFile(file: Uint8Array): Uint8Array {
  const { spec, weights } = readSnapshot(file);
  const { statistics } = spec;
  if (!statistics) throw new TypeError('expected statistics');
  const known = statisticsOf(statistics, weights);
  const head = headOf(spec, weights);
  const size = known.variances.length;
  const strength = (0.1 * (head.expected[0] as number)) / Math.sqrt(size);
  const base = {
    ...known,
    corrections: new Random(5).normals(spec.labels.length * (size + 1), strength),
  };
  const classes = spec.labels.map((_, index) => ({ baseIndices: [index] }));
  return writeSnapshot({
    spec: { ...spec, statistics: { ...statistics, prototypeShare: 0.5 } },
    weights: new Map([...weights, ...namedStatistics(correctHead(head, classes, base), base)]),
  });
}
