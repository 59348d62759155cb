/** What is refused, with its code, and leaves the classifier as it was. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { KNNClassifier as Classifier } from '../../sdk/src/knn/knn-classifier.ts';
import { create, type Example, type KNNClassifier } from '../../sdk/src/knn.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { draw, size, teach } from './classifiers.ts';

beforeAll(startTfjsInNode);

function taught(): KNNClassifier {
  const classifier = create();
  teach(classifier, ['a', 'b'], 3);
  return classifier;
}

const refusal = (code: string) => expect.objectContaining({ name: 'HffError', code });

const examples: [string, string, () => Example][] = [
  ['too few numbers', 'input/shape', () => draw(0, 0).subarray(1)],
  ['too many numbers', 'input/shape', () => tf.ones([size + 1])],
  ['no numbers', 'input/shape', () => []],
  ['more than the engine is made for', 'input/shape', () => new Float32Array(4097)],
  ['nothing', 'input/shape', () => undefined as unknown as Example],
  ['a number', 'input/shape', () => 7 as unknown as Example],
  ['NaN', 'input/not-finite', () => draw(0, 0).with(3, Number.NaN)],
  ['infinity', 'input/not-finite', () => tf.fill([size], Number.POSITIVE_INFINITY)],
  ['numbers beyond float32', 'input/not-finite', () => new Array(size).fill(1e39)],
  ['text', 'input/not-finite', () => new Array(size).fill('x')],
];

it.each(examples)('%s', async (_, code, make) => {
  const classifier = taught();
  const before = [classifier.getClassifierDataset(), await classifier.predictClass(draw(1, 900))];
  expect(() => classifier.addExample(make(), 'c')).toThrow(refusal(code));
  await expect(classifier.predictClass(make())).rejects.toThrow(refusal(code));
  expect([classifier.getClassifierDataset(), await classifier.predictClass(draw(1, 900))]).toEqual(
    before,
  );
  classifier.addExample(draw(2, 0), 'c');
  expect((await classifier.predictClass(draw(2, 900))).classIndex).toBe(2);
});

it('a bad first example does not decide the size', () => {
  const classifier = create();
  expect(() => classifier.addExample([Number.NaN], 'a')).toThrow(refusal('input/not-finite'));
  expect(() => classifier.addExample([1], '')).toThrow(refusal('learn/label'));
  classifier.addExample([1, 2], 'a');
  expect(classifier.getClassExampleCount()).toEqual({ a: 1 });
});

it('labels that are none', () => {
  const classifier = taught();
  for (const label of ['', 'x'.repeat(257), '\ud83d']) {
    expect(() => classifier.addExample(draw(0, 0), label)).toThrow(refusal('learn/label'));
  }
  expect(classifier.getClassExampleCount()).toEqual({ a: 3, b: 3 });
});

it('classes that are not there', async () => {
  const classifier = create();
  const unknown = refusal('learn/unknown-class');
  expect(() => classifier.clearClass('a')).toThrow(unknown);
  await expect(classifier.predictClass([1])).rejects.toThrow(refusal('learn/no-classes'));
  classifier.addExample([1], 'a');
  expect(() => classifier.clearClass('b')).toThrow(unknown);
  classifier.clearClass('a');
  expect(() => classifier.clearClass('a')).toThrow(unknown);
  await expect(classifier.predictClass([1])).rejects.toThrow(refusal('learn/no-classes'));
});

it('what changes while the engine starts counts', async () => {
  const classifier = create();
  classifier.addExample([1, 2], 'a');
  const cleared = classifier.predictClass([1, 2]);
  classifier.clearAllClasses();
  await expect(cleared).rejects.toThrow(refusal('learn/no-classes'));
  classifier.addExample([1, 2], 'a');
  const replaced = classifier.predictClass([1, 2]);
  classifier.setClassifierDataset([['a', [1, 2, 3], [1, 3]]]);
  await expect(replaced).rejects.toThrow(refusal('input/shape'));
});

it('an engine that could not start is tried again', async () => {
  let attempts = 0;
  const { inlinedEngine } = await import('../../sdk/src/inlined-engine.ts');
  const classifier = new Classifier(() => {
    attempts++;
    if (attempts === 1) throw new Error('no engine');
    return inlinedEngine();
  });
  classifier.addExample([1, 2], 'a');
  await expect(classifier.predictClass([1, 2])).rejects.toThrow('no engine');
  expect((await classifier.predictClass([1, 2])).label).toBe('a');
});

it('after dispose', async () => {
  const classifier = taught();
  await classifier.predictClass(draw(0, 0));
  const pending = classifier.predictClass(draw(0, 0));
  classifier.dispose();
  classifier.dispose();
  await expect(pending).rejects.toThrow('disposed');
  await expect(classifier.predictClass(draw(0, 0))).rejects.toThrow('disposed');
  expect(() => classifier.addExample(draw(0, 0), 'a')).toThrow('disposed');
  expect(() => classifier.clearClass('a')).toThrow('disposed');
  expect(() => classifier.clearAllClasses()).toThrow('disposed');
  expect(() => classifier.setClassifierDataset({})).toThrow('disposed');
  expect(classifier.getNumClasses()).toBe(0);
});
