/**
 * A training step against the time of its matrix products alone: what everything else (activation,
 * sphere, loss, optimiser, dropout, noise, gathering) costs on top. Rounds of both alternate in one
 * process, since the machine's speed drifts. Two limits:
 *  - products: the step's own five products per layer through the backend, with new weights in each
 *    step, as in training;
 *  - warm: the same arithmetic at the rate of plain tf.matMul on unchanging operands, whose packed
 *    form tfjs has cached: its best rate.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Matrix } from '../sdk/src/backend/backend.ts';
import { startTfjsInNode } from '../sdk/src/backend/tfjs/start-tfjs-node.ts';
import { TfjsBackend } from '../sdk/src/backend/tfjs/tfjs-backend.ts';
import type { Dataset } from '../sdk/src/data/dataset.ts';
import { Random } from '../sdk/src/hff/random.ts';
import { designModel } from '../sdk/src/train/design-model.ts';
import { Training } from '../sdk/src/train/training.ts';
import { median, withSpread } from './statistics.ts';

const classes = 10;
const prototypesPerClass = 3;
const steps = 40;
const rounds = 7;

export async function measureTraining(): Promise<Record<string, string>[]> {
  await startTfjsInNode();
  const rows: Record<string, string>[] = [];
  for (const batchSize of [128, 256]) {
    for (const width of [500, 1000]) rows.push(await measureNet([width, width, width], batchSize));
  }
  return rows;
}

async function measureNet(units: number[], batchSize: number): Promise<Record<string, string>> {
  const sizes = [784, ...units];
  const dataset = randomImages(steps * batchSize + 1);
  const step: number[] = [];
  const products: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const timings = [
      await timeEpoch(dataset, units, batchSize),
      timeProducts(sizes, batchSize),
      timeWarmProducts(sizes, batchSize),
    ] as const;
    if (round === 0) continue; // compiling and first allocations
    step.push(timings[0]);
    products.push(timings[1]);
    warm.push(timings[2]);
  }
  const large = units.reduce((sum, d, i) => sum + 4 * batchSize * (sizes[i] as number) * d, 0);
  const small = units.reduce((sum, d) => sum + 6 * batchSize * d * classes * prototypesPerClass, 0);
  const atWarmRate = warm.map((ms) => (ms * (large + small)) / large);
  const rate = (ms: number[]) => `${((large + small) / median(ms) / 1e6).toFixed(1)} GFLOP/s`;
  const ratio = (limit: number[]) => withSpread(step.map((ms, i) => ms / (limit[i] as number)));
  return {
    net: sizes.join('-'),
    batch: String(batchSize),
    'step, ms': withSpread(step),
    'products, ms': withSpread(products),
    'products, rate': rate(products),
    'warm products, ms': withSpread(atWarmRate),
    'warm products, rate': rate(atWarmRate),
    'step / products': ratio(products),
    'step / warm products': ratio(atWarmRate),
  };
}

/** Milliseconds per step of an epoch as `hff train` runs it, set-up left out. */
async function timeEpoch(dataset: Dataset, units: number[], batchSize: number): Promise<number> {
  const spec = designModel(dataset, {
    name: 'bench',
    units,
    prototypes: prototypesPerClass,
    sharpness: 30,
    scale: 20,
    fit: { mode: 'cover' },
  });
  const options = {
    epochs: 1,
    batchSize,
    learningRate: 1e-3,
    margin: 0,
    dropout: 0.2,
    noise: 0.4,
    seed: 1,
  };
  const plan = { spec, options, holdoutShare: 1e-6, data: 'random' };
  const training = new Training(new TfjsBackend(), dataset, plan);
  const ends: number[] = [];
  await training.run({
    onBatch: ({ layers }) => {
      if (!Number.isFinite(layers[0]?.loss)) throw new Error('training diverged: nothing to time');
      ends.push(performance.now());
    },
  });
  training.dispose();
  return ((ends.at(-1) as number) - (ends[0] as number)) / (ends.length - 1);
}

/** Milliseconds of all products of a step, as a step makes them. */
function timeProducts(sizes: readonly number[], batchSize: number): number {
  const backend = new TfjsBackend();
  const random = new Random(2);
  const matrix = (rows: number, columns: number): Matrix => {
    const m = backend.matrix(rows, columns);
    backend.write(m, random.normals(rows * columns, 1), rows);
    return m;
  };
  let total = 0;
  sizes.slice(1).forEach((units, i) => {
    const inputs = sizes[i] as number;
    const [x, weight, delta] = [
      matrix(batchSize, inputs),
      matrix(inputs, units),
      matrix(batchSize, units),
    ];
    const [prototypes, cosine] = [
      matrix(classes * prototypesPerClass, units),
      matrix(batchSize, classes * prototypesPerClass),
    ];
    const out = backend.matrix(1, 1);
    for (let s = 0; s < steps; s++) {
      backend.scale(weight, weight, 1); // a new tensor, as after an optimiser step
      const started = performance.now();
      backend.multiply(out, x, weight);
      backend.multiply(out, delta, prototypes, 'right');
      backend.multiply(out, cosine, prototypes);
      backend.multiply(out, x, delta, 'left');
      backend.multiply(out, cosine, delta, 'left');
      total += performance.now() - started;
    }
    backend.dispose(x, weight, delta, prototypes, cosine, out);
  });
  return total / steps;
}

function timeWarmProducts(sizes: readonly number[], batchSize: number): number {
  let total = 0;
  sizes.slice(1).forEach((units, i) => {
    const inputs = sizes[i] as number;
    const x = tf.randomNormal([batchSize, inputs]);
    const xT = tf.randomNormal([inputs, batchSize]);
    const weight = tf.randomNormal([inputs, units]);
    const delta = tf.randomNormal([batchSize, units]);
    for (let s = 0; s < steps; s++) {
      const started = performance.now();
      tf.dispose([tf.matMul(x, weight), tf.matMul(xT, delta)]);
      if (s > 0) total += performance.now() - started;
    }
    tf.dispose([x, xT, weight, delta]);
  });
  return total / (steps - 1);
}

function randomImages(samples: number): Dataset {
  const random = new Random(1);
  return {
    inputs: Uint8Array.from({ length: samples * 784 }, () => random.integer(256)),
    labels: Uint16Array.from({ length: samples }, () => random.integer(classes)),
    classes: Array.from({ length: classes }, (_, c) => String(c)),
    width: 28,
    height: 28,
    channels: 1,
  };
}
