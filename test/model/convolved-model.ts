/** A small model with convolutions of drawn digits, 0 to 7, that can learn the other two. */

import type { StatisticsSpec } from '../../sdk/src/format/model-spec.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
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

/** The same model with votes, drawn at random, a fifth as large as scores. */
export function votedFile(file: Uint8Array): Uint8Array {
  const { spec, weights } = readSnapshot(file);
  const { statistics } = spec;
  if (!statistics) throw new TypeError('expected statistics');
  const size = (weights.get('statistics.variances') as Float32Array).length;
  const votes = new Random(5).normals(spec.labels.length * size, 0.2);
  return writeSnapshot({
    spec: { ...spec, statistics: { ...statistics, prototypeShare: 0.5 } },
    weights: new Map([...weights, ['statistics.votes', votes]]),
  });
}

/** The same model whose sums alone decide. */
export function bySumsFile(file: Uint8Array): Uint8Array {
  const { spec, weights } = readSnapshot(file);
  const { prototypeShare: _, ...statistics } = spec.statistics as StatisticsSpec;
  const own = [...weights].filter(([name]) => name !== 'statistics.votes');
  return writeSnapshot({ spec: { ...spec, statistics }, weights: new Map(own) });
}
