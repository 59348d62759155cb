/** A small model of drawn digits, 0 to 7, that can learn the other two; and what tests ask of it. */
import { expect } from 'vitest';
import {
  addStatistics,
  beginTraining,
  type Classification,
  type Dataset,
  designModel,
  loadModel,
  type Model,
  type Snapshot,
} from '../../sdk/src/node.ts';
import { mnistDigit } from '../support/render-digit.ts';

const known = [0, 1, 2, 3, 4, 5, 6, 7];

/** One drawn digit; different numbers are different hands. */
export function draw(digit: number, hand: number): Uint8Array {
  return mnistDigit(digit, 500_000 + hand);
}

/** `count` of each of these digits, digit after digit. */
export function drawAll(digits: readonly number[], count: number, firstHand = 0): Uint8Array[] {
  return digits.flatMap((digit) =>
    Array.from({ length: count }, (_, i) => draw(digit, firstHand + i)),
  );
}

/** What the models here are trained on: `count` digits from 0 to 7 in turn, 28×28. */
export function drawnSet(count: number): Dataset {
  const inputs = new Uint8Array(count * 784);
  const labels = Uint16Array.from({ length: count }, (_, i) => i % known.length);
  labels.forEach((digit, i) => {
    inputs.set(mnistDigit(digit, i), i * 784);
  });
  return { inputs, labels, classes: known.map(String), width: 28, height: 28, channels: 1 };
}

/** A trained model, without statistics. */
export async function trainDrawn(dataset: Dataset): Promise<Uint8Array> {
  const spec = designModel(dataset, {
    name: 'drawn',
    units: [50, 40],
    prototypes: 1,
    sharpness: 30,
    scale: 20,
    fit: { mode: 'glyph', box: 20 },
  });
  const options = {
    epochs: 4,
    batchSize: 32,
    learningRate: 5e-3,
    margin: 0.05,
    dropout: 0,
    noise: 0.1,
    seed: 5,
  };
  const training = await beginTraining(dataset, {
    spec,
    options,
    holdoutShare: 0.2,
    data: 'drawn',
  });
  await training.run();
  const model = await loadModel(training.best() as Snapshot);
  return await model.export();
}

let made: Promise<Snapshot> | undefined;

/** The model with its statistics; trained once for each test file. */
export function drawnSnapshot(): Promise<Snapshot> {
  const dataset = drawnSet(800);
  made ??= trainDrawn(dataset).then((bytes) => addStatistics(bytes, dataset));
  return made;
}

export async function drawnModel(): Promise<Model> {
  return loadModel(await drawnSnapshot());
}

/** Share of samples that are given this label. */
export async function shareOf(
  label: string,
  model: Model,
  samples: readonly Uint8Array[],
): Promise<number> {
  const decided = await model.classifyBatch(samples);
  return decided.filter((one) => one.label === label).length / samples.length;
}

const probes = drawAll([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4, 700);

/** How a model decides on forty digits of all ten kinds. */
export function answers(model: Model): Promise<Classification[]> {
  return model.classifyBatch(probes);
}

/** Equal labels and unknowns; every number to the tolerance. */
export function expectSameAnswers(
  actual: readonly Classification[],
  expected: readonly Classification[],
  tolerance = 1e-5,
): void {
  expect(actual.map(({ label, unknown }) => ({ label, unknown }))).toEqual(
    expected.map(({ label, unknown }) => ({ label, unknown })),
  );
  actual.forEach(({ scores, margin, familiarity }, i) => {
    const other = expected[i] as Classification;
    const theirs = new Map(other.scores.map(({ label, score }) => [label, score]));
    expect(scores.map(({ label }) => label).sort()).toEqual([...theirs.keys()].sort());
    const differences = scores.map(({ label, score }) => score - (theirs.get(label) as number));
    differences.push(margin - other.margin, familiarity - other.familiarity);
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(tolerance);
  });
}
