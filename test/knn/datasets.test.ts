/** Datasets out and in: of knn-classifier, of ours, as JSON and as structured clones. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { create, type KNNClassifier } from '../../sdk/src/knn.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { ask, type Classifier, draw, libraries, size, teach } from './classifiers.ts';

beforeAll(startTfjsInNode);

const labels = [7, 'a', 5];

/** As people save a dataset of knn-classifier. */
function save(classifier: Classifier): string {
  const entries = Object.entries(classifier.getClassifierDataset());
  return JSON.stringify(
    entries.map(([label, data]) => [label, Array.from(data.dataSync()), data.shape]),
  );
}

/** As people load it. */
function load(text: string): { [label: string]: tf.Tensor2D } {
  const saved = JSON.parse(text) as [string, number[], [number, number]][];
  return Object.fromEntries(
    saved.map(([label, values, shape]) => [label, tf.tensor2d(values, shape)]),
  );
}

async function labelsOf(classifier: Classifier): Promise<string[]> {
  return (await ask(classifier, labels.length, 10)).map(({ label }) => label);
}

describe.each(['ours', 'theirs'] as const)('what was taught to %s', (from) => {
  const taught = (): Classifier => {
    const classifier = libraries[from]();
    teach(classifier, labels, 5);
    return classifier;
  };

  it.each(['ours', 'theirs'] as const)('and saved as JSON is known to %s', async (to) => {
    const source = taught();
    const target = libraries[to]();
    target.setClassifierDataset(load(save(source)));
    expect(target.getClassExampleCount()).toEqual({ 5: 5, 7: 5, a: 5 });
    expect(await labelsOf(target)).toEqual(await labelsOf(source));
  });

  it('is read by ours from the list itself, without tfjs', async () => {
    const source = taught();
    const target = create();
    target.setClassifierDataset(JSON.parse(save(source)));
    expect(await labelsOf(target)).toEqual(await labelsOf(source));
    expect(save(target)).toBe(save(source));
  });
});

it('the live dataset of knn-classifier is read in place of what was there', async () => {
  const source = libraries.theirs();
  teach(source, labels, 3);
  const target = create();
  target.addExample([1, 2, 3], 'other');
  await target.predictClass([1, 2, 3]);
  target.setClassifierDataset(source.getClassifierDataset() as Record<string, tf.Tensor2D>);
  expect(target.getNumClasses()).toBe(3);
  expect(await labelsOf(target)).toEqual(await labelsOf(source));
  expect((await target.predictClass(draw(0, 900))).classIndex).toBe(1);
});

describe.each([
  ['rows', 5],
  ['sums', size],
  ['sums and rows', 2 * size + 3],
])('our own dataset of %s', (kept, count) => {
  function taught(): KNNClassifier {
    const classifier = create();
    teach(classifier, ['gone', ...labels], count);
    classifier.clearClass('gone');
    return classifier;
  }

  it('survives structured cloning with all that is answered', async () => {
    const source = taught();
    const target = create();
    target.setClassifierDataset(structuredClone(source.getClassifierDataset()));
    expect(target.getClassExampleCount()).toEqual({ 7: count, a: count, 5: count });
    for (let i = 0; i < 6; i++) {
      const input = draw(1 + (i % 3), 900 + i);
      const [before, after] = [await source.predictClass(input), await target.predictClass(input)];
      expect(after).toEqual(before);
      expect(after.classIndex).toBe(1 + (i % 3));
    }
    expect(target.getClassifierDataset()).toEqual(source.getClassifierDataset());
    target.addExample(draw(0, 0), 'new');
    expect((await target.predictClass(draw(0, 1))).classIndex).toBe(4);
  });

  it('is not touched by what its classifier learns afterwards', () => {
    const classifier = taught();
    const dataset = classifier.getClassifierDataset();
    const before = structuredClone(dataset);
    classifier.addExample(draw(0, 0), 'a');
    classifier.clearAllClasses();
    expect(structuredClone(dataset)).toEqual(before);
  });

  it('gives single examples as long as it keeps them', () => {
    const examples = taught().getClassifierDataset().a;
    expect(examples?.shape).toEqual([count, size]);
    if (kept === 'rows') expect(examples?.dataSync()).toHaveLength(count * size);
    else expect(() => examples?.dataSync()).toThrow('kept as sums');
  });
});

it('many examples of a tensor become sums', async () => {
  const source = libraries.theirs();
  teach(source, labels, size + 5);
  const target = create();
  target.setClassifierDataset(source.getClassifierDataset() as Record<string, tf.Tensor2D>);
  const taught = create();
  teach(taught, labels, size + 5);
  const input = draw(2, 900);
  const [read, learned] = [await target.predictClass(input), await taught.predictClass(input)];
  expect(read.confidences[5]).toBeCloseTo(learned.confidences[5] as number, 5);
});

it('an empty dataset leaves nothing, and the next example may have another size', async () => {
  const classifier = create();
  teach(classifier, labels, 2);
  classifier.setClassifierDataset({});
  expect(classifier.getNumClasses()).toBe(0);
  classifier.addExample([1, 2], 'a');
  expect((await classifier.predictClass([1, 2])).classIndex).toBe(0);
});
