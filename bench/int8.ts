/**
 * What a model loses by being stored in float16 and int8, and how small its file becomes: on the test
 * sets of MNIST and Fashion-MNIST, with the default model and with nets trained here for a few epochs.
 */
import type { Dataset } from '../sdk/src/data/dataset.ts';
import type { Model } from '../sdk/src/model.ts';
import {
  beginTraining,
  designModel,
  evaluateModel,
  loadDataset,
  loadModel,
} from '../sdk/src/node.ts';
import { rowsOrReason } from './rows-or-reason.ts';

type Row = Record<string, string>;
type DataName = 'mnist' | 'fashion-mnist';

interface Trial {
  readonly data: DataName;
  /** Units of each layer. */
  readonly units: readonly number[];
  /** Per class and layer. */
  readonly prototypes: number;
}

const trials: readonly Trial[] = [
  { data: 'mnist', units: [500, 500, 500], prototypes: 3 },
  { data: 'fashion-mnist', units: [500, 500, 500], prototypes: 3 },
  { data: 'fashion-mnist', units: [1000, 1000, 1000], prototypes: 1 },
];
const epochs = 3;
const defaultModel = new URL('../models/digits/digits.safetensors', import.meta.url);

/** Less, and a net has not learned enough to show what it loses. */
const leastAccuracy = 0.85;

export async function measureInt8(): Promise<Row[]> {
  const rows = await rowsOrReason({ 'data set': 'mnist', net: 'models/digits' }, async () =>
    measureStorages(await loadModel(defaultModel), await loadDataset('mnist', { split: 'test' })),
  );
  for (const trial of trials) {
    const { data, units, prototypes } = trial;
    const net = `784-${units.join('-')}, ${prototypes} per class`;
    const measured = await rowsOrReason({ 'data set': data, net }, async () =>
      measureStorages(await trained(trial), await loadDataset(data, { split: 'test' })),
    );
    rows.push(...measured);
  }
  return rows;
}

async function trained({ data, units, prototypes }: Trial): Promise<Model> {
  const dataset = await loadDataset(data, { split: 'train' });
  const spec = designModel(dataset, {
    name: 'bench',
    units,
    prototypes,
    sharpness: 30,
    scale: 20,
    fit: { mode: 'cover' },
  });
  const training = await beginTraining(dataset, {
    spec,
    options: {
      epochs,
      batchSize: 256,
      learningRate: 2e-3,
      margin: 0,
      dropout: 0.2,
      noise: 0,
      seed: 1,
    },
    holdoutShare: 0.05,
    data,
  });
  await training.run();
  const best = training.best();
  if (!best) throw new Error('training diverged: nothing to measure');
  return loadModel(best);
}

async function measureStorages(model: Model, dataset: Dataset): Promise<Row[]> {
  const rows: Row[] = [];
  const { length: wholeBytes } = await model.export('float32');
  let float32: Measured | undefined;
  for (const storage of ['float32', 'float16', 'int8'] as const) {
    const bytes = await model.export(storage);
    const measured = await measure(await loadModel(bytes), dataset);
    float32 ??= measured;
    rows.push({
      storage,
      bytes: String(bytes.length),
      ratio: (wholeBytes / bytes.length).toFixed(2),
      'accuracy, %': points(measured.inBatches),
      'points lost': points(float32.inBatches - measured.inBatches),
      'one by one, %': points(measured.oneByOne),
      'points lost one by one': points(float32.oneByOne - measured.oneByOne),
    });
  }
  return rows;
}

/** Shares of the samples decided rightly: an engine has a way for few samples and one for many. */
interface Measured {
  readonly inBatches: number;
  readonly oneByOne: number;
}

async function measure(model: Model, dataset: Dataset): Promise<Measured> {
  const { accuracy } = evaluateModel(model, dataset);
  if (accuracy < leastAccuracy) throw new Error(`accuracy ${accuracy}: too little was learned`);
  const { inputs, labels, classes } = dataset;
  const size = inputs.length / labels.length;
  let right = 0;
  for (const [i, label] of labels.entries()) {
    const sample = inputs.subarray(i * size, (i + 1) * size);
    if ((await model.classify(sample, { topK: 1 })).label === classes[label]) right++;
  }
  model.dispose();
  return { inBatches: accuracy, oneByOne: right / labels.length };
}

function points(share: number): string {
  return (100 * share).toFixed(2);
}
