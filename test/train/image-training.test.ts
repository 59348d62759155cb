/** Training with augmentation, quarter turns as classes and receptive fields. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeExtraKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdTrainingBackend } from '../../sdk/src/backend/simd/simd-training-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { readSnapshot, type Snapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import { trainable } from '../../sdk/src/hff/trainable.ts';
import { Model } from '../../sdk/src/model.ts';
import { readCheckpoint } from '../../sdk/src/train/checkpoint.ts';
import { designModel } from '../../sdk/src/train/design-model.ts';
import { accuracy } from '../../sdk/src/train/evaluate.ts';
import { splitHoldout } from '../../sdk/src/train/holdout.ts';
import { layersHere } from '../../sdk/src/train/layers-here.ts';
import type { TrainOptions } from '../../sdk/src/train/train.ts';
import { Training } from '../../sdk/src/train/training.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import { mnistDigit } from '../support/render-digit.ts';

const classes = ['0', '1', '2', '3', '4'];

function digits(samples: number, seed: number): Dataset {
  const inputs = new Uint8Array(samples * 784);
  const labels = Uint16Array.from({ length: samples }, (_, i) => i % classes.length);
  labels.forEach((digit, i) => {
    inputs.set(mnistDigit(digit, seed * 10_000 + i), i * 784);
  });
  return { inputs, labels, classes, width: 28, height: 28, channels: 1 };
}

const dataset = digits(400, 1);
const basic: TrainOptions = {
  epochs: 3,
  batchSize: 32,
  learningRate: 3e-3,
  margin: 0,
  dropout: 0.1,
  noise: 0.1,
  seed: 5,
};
const forImages = {
  augment: { shift: 2, rotate: 15, zoom: 0.1, flip: false },
  turns: true,
  fields: { least: 7, most: 14 },
};

function planFor(set: Dataset, options: Partial<TrainOptions>): TrainingPlan {
  const design = { name: 'drawn', units: [40, 30], prototypes: 2, sharpness: 30, scale: 20 };
  return {
    spec: designModel(set, { ...design, fit: null }),
    options: { ...basic, ...options },
    holdoutShare: 0.1,
    data: 'drawn digits',
  };
}

let kernels: WebAssembly.Module;
let extra: WebAssembly.Module;
const engine = (): TrainingBackend => new SimdTrainingBackend(kernels, extra);

beforeAll(async () => {
  const bytes = await readFile(new URL('../../sdk/wasm/kernels.wasm', import.meta.url));
  kernels = await WebAssembly.compile(bytes);
  extra = await nodeExtraKernels();
});

function bytesOf(training: Training): Uint8Array {
  return writeSnapshot(training.best() as Snapshot, 'float32');
}

describe('training with all three', () => {
  it('gives a model of the upright classes that reads back and keeps its record', async () => {
    const training = new Training(
      layersHere(engine()),
      dataset,
      planFor(dataset, { ...forImages, epochs: 12 }),
    );
    const heldOut: number[] = [];
    await training.run({ onEpoch: ({ holdoutAccuracy }) => void heldOut.push(holdoutAccuracy) });
    const { spec, weights } = readSnapshot(bytesOf(training));
    expect(spec.labels).toEqual(classes);
    expect(spec.network.layers.map((layer) => trainable(layer).prototypes)).toEqual([
      [2, 2, 2, 2, 2],
      [2, 2, 2, 2, 2],
    ]);
    expect(spec.training).toMatchObject(forImages);
    const model = new Model(engine(), { spec, weights });
    expect(accuracy(model.network, digits(200, 2), spec.input)).toBeGreaterThan(0.8);
    const { holdout } = splitHoldout(dataset, 0.1, basic.seed);
    const highest = Math.max(...heldOut);
    const error = Math.sqrt((highest * (1 - highest)) / holdout.labels.length);
    const last = heldOut.findLastIndex((share) => share >= highest - error);
    expect(spec.training?.bestEpoch).toBe(last + 1);
    expect(accuracy(model.network, holdout, spec.input)).toBe(heldOut[last]);
  });

  it('leaves what units do not see at 0', async () => {
    const training = new Training(layersHere(engine()), dataset, planFor(dataset, forImages));
    await training.run();
    const weight = training.best()?.weights.get('layers.0.weight') as Float32Array;
    for (let unit = 0; unit < 40; unit++) {
      const seen = weight.filter((value, i) => i % 40 === unit && value !== 0).length;
      expect(seen).toBeGreaterThanOrEqual(7 * 7);
      expect(seen).toBeLessThanOrEqual(14 * 14);
    }
  });

  it('gives the same bytes, resumed after any epoch or not', async () => {
    const checkpoints: Uint8Array[] = [];
    const whole = new Training(layersHere(engine()), dataset, planFor(dataset, forImages));
    await whole.run({ onEpoch: () => void checkpoints.push(whole.checkpoint()) });
    expect(checkpoints).toHaveLength(3);
    for (const checkpoint of checkpoints) {
      const resumed = Training.resume(layersHere(engine()), dataset, checkpoint);
      await resumed.run();
      expect(readCheckpoint(resumed.checkpoint())).toEqual(readCheckpoint(whole.checkpoint()));
      expect(bytesOf(resumed)).toEqual(bytesOf(whole));
    }
  });

  it.each(['augment', 'turns', 'fields'] as const)(
    'is another training without %s',
    async (name) => {
      const { [name]: _, ...others } = forImages;
      const [all, fewer] = [forImages, others].map(
        (options) =>
          new Training(layersHere(engine()), dataset, planFor(dataset, { ...options, epochs: 1 })),
      ) as [Training, Training];
      await all.run();
      await fewer.run();
      expect(fewer.best()?.weights.get('layers.0.weight')).not.toEqual(
        all.best()?.weights.get('layers.0.weight'),
      );
      expect(fewer.best()?.spec.training).not.toHaveProperty(name);
    },
  );
});

describe('the record of a training', () => {
  const training = { ...basic, data: 'x', samples: 1, holdoutShare: 0.1, bestEpoch: 1 };
  const written = (record: object) => {
    const plan = planFor(dataset, {});
    const snapshot = { ...plan.spec, training: record } as Snapshot['spec'];
    const weights = initialWeights(snapshot.network, 1);
    return writeSnapshot({ spec: snapshot, weights }, 'float32');
  };

  it.each([{}, forImages, { turns: false }])('reads %o', (options) => {
    const record = { ...training, ...options };
    expect(readSnapshot(written(record)).spec.training).toEqual(record);
  });

  it.each([
    ['turns', 1],
    ['fields', { least: 0, most: 2 }],
    ['augment', { shift: 1, rotate: 1, zoom: 0, flip: 'yes' }],
    ['augment', null],
  ])('refuses %s %o', (name, value) => {
    expect(() => readSnapshot(written({ ...training, [name]: value }))).toThrow(
      expect.objectContaining({
        code: 'snapshot/inconsistent',
        message: expect.stringContaining(`training.${name}`),
      }),
    );
  });
});

describe('refuses', () => {
  const begin = (set: Dataset, options: object) =>
    new Training(layersHere(engine()), set, planFor(set, options));
  const table = { ...dataset, width: 784, height: 1 };
  const wide = { ...dataset, width: 56, height: 14 };

  it.each<[string, Dataset, object, RegExp]>([
    ['augmentation of rows', table, { augment: forImages.augment }, /options\.augment.*images/],
    ['turns of rows', table, { turns: true }, /options\.turns.*images/],
    ['fields of rows', table, { fields: forImages.fields }, /options\.fields.*images/],
    ['turns of oblongs', wide, { turns: true }, /options\.turns.*square.*56×14/],
    ['fields larger than a side', wide, { fields: { least: 3, most: 15 } }, /fields.*≤ 14.*15/],
    ['fields that shrink', dataset, { fields: { least: 9, most: 8 } }, /least ≤ most.*9 and 8/],
    ['fields of nothing', dataset, { fields: { least: 0, most: 8 } }, /options\.fields\.least/],
    ['a zoom to nothing', dataset, { augment: { ...forImages.augment, zoom: 1 } }, /augment\.zoom/],
    ['a shift back', dataset, { augment: { ...forImages.augment, shift: -1 } }, /augment\.shift/],
    ['too wide a turn', dataset, { augment: { ...forImages.augment, rotate: 181 } }, /rotate/],
    ['half an augmentation', dataset, { augment: { shift: 1 } }, /options\.augment/],
    ['turns that are a number', dataset, { turns: 4 }, /options\.turns/],
  ])('%s', (_, set, options, message) => {
    expect(() => begin(set, options)).toThrow(
      expect.objectContaining({
        code: 'option/invalid',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('nothing of rows where none of it is asked for', () => {
    expect(() => begin(table, { turns: false })).not.toThrow();
    expect(() => begin(wide, { augment: forImages.augment })).not.toThrow();
  });
});
