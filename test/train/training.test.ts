/** Training runs: they learn, repeat exactly, resume exactly, stop when asked. */
import { beforeAll, describe, expect, it } from 'vitest';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { checkSpec } from '../../sdk/src/format/check-spec.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { Model } from '../../sdk/src/model.ts';
import { alignLabels } from '../../sdk/src/train/align-labels.ts';
import { designModel } from '../../sdk/src/train/design-model.ts';
import { evaluate } from '../../sdk/src/train/evaluate.ts';
import { splitHoldout } from '../../sdk/src/train/holdout.ts';
import { layersHere } from '../../sdk/src/train/layers-here.ts';
import { Training } from '../../sdk/src/train/training.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';

const classes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Drawn digits, 28×28, as a data set. */
function digits(samples: number, seed: number): Dataset {
  const inputs = new Uint8Array(samples * 784);
  const labels = Uint16Array.from({ length: samples }, (_, i) => i % 10);
  labels.forEach((digit, i) => {
    inputs.set(mnistDigit(digit, seed * 10_000 + i), i * 784);
  });
  return { inputs, labels, classes, width: 28, height: 28, channels: 1 };
}

const dataset = digits(600, 1);
const plan: TrainingPlan = {
  spec: designModel(dataset, {
    name: 'drawn',
    units: [40, 40],
    prototypes: 2,
    sharpness: 30,
    scale: 20,
    fit: { mode: 'glyph', box: 20 },
  }),
  options: {
    epochs: 4,
    batchSize: 32,
    learningRate: 3e-3,
    margin: 0.05,
    dropout: 0.1,
    noise: 0.1,
    seed: 5,
  },
  holdoutShare: 0.1,
  data: 'drawn digits',
};

function bytesOf(snapshot: Snapshot | null): Uint8Array {
  return writeSnapshot(snapshot as Snapshot, 'float32');
}

beforeAll(startTfjsInNode);

describe('training', () => {
  it('learns drawn digits and knows how well', async () => {
    const training = new Training(layersHere(new TfjsBackend()), dataset, plan);
    const accuracies: number[] = [];
    await training.run({ onEpoch: ({ holdoutAccuracy }) => void accuracies.push(holdoutAccuracy) });
    expect(accuracies).toHaveLength(4);
    const model = new Model(new TfjsBackend(), training.best() as Snapshot);
    const test = digits(200, 2);
    const { accuracy, layerAccuracies, confusion } = evaluate(
      model.network,
      test,
      model.input,
      (inputs, rows) => model.scores(inputs, rows),
    );
    expect(accuracy).toBeGreaterThan(0.9);
    expect(layerAccuracies).toHaveLength(2);
    const right = confusion.reduce((sum, row, c) => sum + (row[c] as number), 0);
    expect(right / 200).toBeCloseTo(accuracy, 10);
    expect(confusion.flat().reduce((a, b) => a + b)).toBe(200);
    expect(model.spec.training).toMatchObject({ data: 'drawn digits', samples: 540, seed: 5 });
  });

  it('gives the same bytes for the same seed, resumed after any epoch or not', async () => {
    const checkpoints: Uint8Array[] = [];
    const whole = new Training(layersHere(new TfjsBackend()), dataset, plan);
    await whole.run({ onEpoch: () => void checkpoints.push(whole.checkpoint()) });
    for (const checkpoint of checkpoints) {
      const resumed = Training.resume(layersHere(new TfjsBackend()), dataset, checkpoint);
      await resumed.run();
      expect(bytesOf(resumed.best())).toEqual(bytesOf(whole.best()));
    }
    const other = new Training(layersHere(new TfjsBackend()), dataset, {
      ...plan,
      options: { ...plan.options, seed: 6 },
    });
    await other.run();
    expect(bytesOf(other.best())).not.toEqual(bytesOf(whole.best()));
  });

  it('stops between batches when asked, and keeps the epochs that ended', async () => {
    const training = new Training(layersHere(new TfjsBackend()), dataset, plan);
    const stop = new AbortController();
    await training.run({
      signal: stop.signal,
      onBatch: ({ epoch, batch }) => {
        if (epoch === 2 && batch === 3) stop.abort();
      },
    });
    expect(training.epochsDone).toBe(1);
    expect(training.best()?.spec.training).toMatchObject({ epochs: 4, bestEpoch: 1 });
  });

  it('refuses a checkpoint that is none, and a model', async () => {
    const training = new Training(layersHere(new TfjsBackend()), dataset, plan);
    await training.run();
    const cut = training.checkpoint().subarray(0, 1000);
    for (const bytes of [cut, bytesOf(training.best()), new Uint8Array()]) {
      expect(() => Training.resume(layersHere(new TfjsBackend()), dataset, bytes)).toThrow(
        expect.objectContaining({ code: 'snapshot/malformed' }),
      );
    }
  });
});

describe('a limit', () => {
  const limited = { ...plan, limit: 9 };

  it('takes so many samples of each class, again when resumed from all of them', async () => {
    const whole = new Training(layersHere(new TfjsBackend()), dataset, limited);
    expect(whole.dataset.labels).toHaveLength(90);
    const checkpoints: Uint8Array[] = [];
    await whole.run({ onEpoch: () => void checkpoints.push(whole.checkpoint()) });
    expect(whole.best()?.spec.training).toMatchObject({ limit: 9, samples: 81 });
    // All there are, or the ones it took: it takes the same.
    for (const given of [dataset, whole.dataset]) {
      const resumed = Training.resume(
        layersHere(new TfjsBackend()),
        given,
        checkpoints[0] as Uint8Array,
      );
      await resumed.run();
      expect(bytesOf(resumed.best())).toEqual(bytesOf(whole.best()));
    }
  });

  it('is stored with the model', () => {
    const record = { ...plan.options, data: 'x', samples: 81, holdoutShare: 0.1, bestEpoch: 1 };
    const spec = (limit: unknown) => ({ ...plan.spec, training: { ...record, limit } });
    expect(checkSpec(spec(9)).training?.limit).toBe(9);
    for (const limit of [0, 1.5, '9', null]) {
      expect(() => checkSpec(spec(limit))).toThrow(/training\.limit: expected/);
    }
  });

  it.each([
    [0, /limit: expected >=1, got 0/],
    [2.5, /limit: expected .*got 2\.5/],
    [1, /limit: expected samples of each class .* got 1 per class, .*class "\d"/],
  ])('is not %d', (limit, message) => {
    expect(() => new Training(layersHere(new TfjsBackend()), dataset, { ...plan, limit })).toThrow(
      expect.objectContaining({
        code: 'option/invalid',
        message: expect.stringMatching(message),
      }),
    );
  });
});

describe('refuses', () => {
  const begin = (changes: Partial<Dataset>, options = {}, share = 0.1) =>
    new Training(
      layersHere(new TfjsBackend()),
      { ...dataset, ...changes },
      {
        ...plan,
        holdoutShare: share,
        options: { ...plan.options, ...options },
      },
    );

  it.each<[string, Partial<Dataset>, string]>([
    ['a label without a class', { classes: classes.slice(1) }, 'data/labels'],
    ['fewer labels than samples', { labels: dataset.labels.slice(1) }, 'input/shape'],
    ['samples of another size', { width: 27 }, 'input/shape'],
    ['no samples', { labels: new Uint16Array(), inputs: new Uint8Array() }, 'data/empty'],
  ])('%s', (_, changes, code) => {
    expect(() => begin(changes)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    { epochs: 0 },
    { batchSize: 0 },
    { batchSize: 1.5 },
    { learningRate: Number.NaN },
    { dropout: 1 },
    { noise: -1 },
    { margin: Number.POSITIVE_INFINITY },
  ])('%o', (options) => {
    expect(() => begin({}, options)).toThrow(
      expect.objectContaining({
        code: 'option/invalid',
        message: expect.stringContaining(Object.keys(options)[0] as string),
      }),
    );
  });

  it.each([0, 0.6, 1])('a holdout share of %f', (share) => {
    expect(() => begin({}, {}, share)).toThrow(expect.objectContaining({ code: 'option/invalid' }));
  });

  it('to continue on other samples', async () => {
    const training = begin({}, { epochs: 1 });
    await training.run();
    const other = { ...dataset, inputs: dataset.inputs.map((value) => 255 - value) as Uint8Array };
    expect(() =>
      Training.resume(layersHere(new TfjsBackend()), other, training.checkpoint()),
    ).toThrow(expect.objectContaining({ code: 'snapshot/inconsistent' }));
  });

  it('to call a diverged epoch the best', async () => {
    const training = begin({}, { epochs: 2, learningRate: 1e38 });
    await training.run();
    expect(training.epochsDone).toBe(2);
    expect(training.best()).toBeNull();
  });

  it('to fit images where values are no grey values', () => {
    const floats = {
      ...dataset,
      inputs: Float32Array.from(dataset.inputs, (value) => value / 255),
    };
    const design = { name: 'x', units: [8], prototypes: 1, sharpness: 30, scale: 20 };
    expect(() => designModel(floats, { ...design, fit: { mode: 'cover' } })).toThrow(
      expect.objectContaining({ code: 'option/invalid' }),
    );
    const { input } = designModel(floats, { ...design, fit: null });
    expect(input).toMatchObject({ range: null, fit: null });
    expect(input.mean).toHaveLength(1);
  });
});

describe('a table of features', () => {
  it('is standardised per column, even far from zero, and not bounded by what was seen', () => {
    const rows = [
      [1e9, 5, 0],
      [1e9 + 4, 5, 1],
      [1e9, 5, 2],
      [1e9 + 4, 5, 3],
    ];
    const table: Dataset = {
      inputs: Float32Array.from(rows.flat()),
      labels: Uint16Array.of(0, 1, 0, 1),
      classes: ['a', 'b'],
      width: 3,
      height: 1,
      channels: 1,
    };
    const design = { name: 'x', units: [8], prototypes: 1, sharpness: 30, scale: 20, fit: null };
    const { input } = designModel(table, design);
    expect(input.range).toBeNull();
    expect(input.mean[2]).toBeCloseTo(1.5, 6);
    expect(input.deviation[1]).toBe(1);
    expect(input.deviation[2]).toBeCloseTo(Math.sqrt(1.25), 6);
    const bytes = { ...table, inputs: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) };
    expect(designModel(bytes, design).input.range).toBeNull();
  });
});

describe('held-back samples', () => {
  it('are apart from the training samples, and the same for the same seed', () => {
    const { training, holdout } = splitHoldout(dataset, 0.1, 3);
    expect([training.labels.length, holdout.labels.length]).toEqual([540, 60]);
    const rows = (set: Dataset) =>
      Array.from(set.labels, (_, i) => set.inputs.subarray(i * 784, (i + 1) * 784).join());
    const together = new Set([...rows(training), ...rows(holdout)]);
    expect(together.size).toBe(new Set(rows(dataset)).size);
    expect(splitHoldout(dataset, 0.1, 3).holdout).toEqual(holdout);
    expect(splitHoldout(dataset, 0.1, 4).holdout).not.toEqual(holdout);
  });

  it('need at least two samples', () => {
    expect(() => splitHoldout(digits(1, 1), 0.1, 1)).toThrow(
      expect.objectContaining({ code: 'data/empty' }),
    );
  });
});

describe('labels of a data set', () => {
  const { input } = plan.spec;

  it('are matched to the model by name, not by position', () => {
    const shuffled = { ...dataset, classes: ['1', '0', ...classes.slice(2)] };
    const aligned = alignLabels(shuffled, classes, input);
    expect([...aligned.labels.subarray(0, 3)]).toEqual([1, 0, 2]);
  });

  it('must be known to the model, and the samples of its size', () => {
    const strange = { ...dataset, classes: ['x', ...classes.slice(1)] };
    expect(() => alignLabels(strange, classes, input)).toThrow(
      expect.objectContaining({ code: 'data/labels' }),
    );
    const wide = { ...dataset, width: 14, height: 56 };
    expect(() => alignLabels(wide, classes, input)).toThrow(
      expect.objectContaining({ code: 'input/shape' }),
    );
  });
});
