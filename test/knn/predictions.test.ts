/** What ours answers beyond what knn-classifier does. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { create } from '../../sdk/src/knn.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { ask, draw, size, teach } from './classifiers.ts';

beforeAll(startTfjsInNode);

const sum = (confidences: Readonly<Record<string, number>>): number =>
  Object.values(confidences).reduce((total, share) => total + share, 0);

describe.each([1, 2, 5, 40])('of %i examples a class', (count) => {
  it('confidences are graded and add up to 1', async () => {
    const classifier = create();
    teach(classifier, ['b', 'a', 'c'], count);
    const clear = await classifier.predictClass(draw(1, 500));
    expect(clear.label).toBe('a');
    expect(Object.keys(clear.confidences)).toEqual(['b', 'a', 'c']);
    expect(sum(clear.confidences)).toBeCloseTo(1, 6);
    expect(clear.confidences.a).toBeGreaterThan(0.7);
    expect(clear.confidences.a).toBeLessThan(0.9999);

    const between = draw(0, 501).map((value, i) => value / 20 + (draw(1, 501)[i] as number) / 20);
    const unclear = await classifier.predictClass(between);
    expect(unclear.confidences.a).toBeLessThan(clear.confidences.a as number);
    expect(unclear.confidences.c).toBeLessThan(0.2);
    classifier.dispose();
  });

  it('what is unlike all examples is unknown, what is like them is not', async () => {
    const classifier = create();
    teach(classifier, ['a', 'b', 'c'], count);
    for (let i = 0; i < 10; i++) {
      const known = await classifier.predictClass(draw(i % 3, 600 + i));
      expect([known.unknown, known.familiarity > 0.05]).toEqual([false, true]);
      const opposite = await classifier.predictClass(draw(i % 3, 600 + i).map((value) => -value));
      expect(opposite.familiarity).toBeLessThan(known.familiarity);
    }
    const nothing = await classifier.predictClass(Array.from({ length: size }, () => 0));
    expect(nothing.unknown).toBe(true);
    classifier.dispose();
  });
});

it('numbers come as tensors of any type, typed arrays or lists, of any length', async () => {
  const classifier = create();
  for (let i = 1; i < 4; i++) {
    classifier.addExample(tf.tensor1d([i, 0, 0], 'int32'), 'left');
    classifier.addExample(tf.tensor2d([[false], [true], [true]], [3, 1], 'bool'), 'right');
  }
  expect((await classifier.predictClass([1e-30, 0, 0])).label).toBe('left');
  expect((await classifier.predictClass(Float64Array.of(0, 1e30, 1e30))).label).toBe('right');
  expect((await classifier.predictClass(Uint8Array.of(0, 2, 3))).label).toBe('right');
  classifier.dispose();
});

it('labels may be names of properties', async () => {
  const labels = ['constructor', '__proto__', 'toString'];
  const classifier = create();
  teach(classifier, labels, 3);
  const answers = await ask(classifier, 3, 2);
  expect(answers.map(({ label }) => label)).toEqual([...labels, ...labels]);
  const { confidences } = await classifier.predictClass(draw(1, 0));
  expect(Object.keys(confidences)).toEqual(labels);
  classifier.dispose();
});

it('classes of the very same examples share the confidence', async () => {
  const classifier = create();
  classifier.addExample([1, 2], 'a');
  classifier.addExample([1, 2], 'b');
  const { confidences } = await classifier.predictClass([2, 1]);
  expect(confidences.a).toBeCloseTo(0.5, 6);
  expect(confidences.b).toBeCloseTo(0.5, 6);
  classifier.dispose();
});

it('the tensor may be disposed of as soon as the call is made', async () => {
  const classifier = create();
  teach(classifier, ['a', 'b'], 3);
  const input = tf.tensor(draw(1, 700));
  const answer = classifier.predictClass(input);
  input.dispose();
  expect((await answer).label).toBe('b');
  classifier.dispose();
});

it('predictions that begin at once share an engine and agree', async () => {
  const classifier = create();
  teach(classifier, ['a', 'b'], 3);
  const [first, ...others] = await Promise.all(
    [0, 0, 0].map(() => classifier.predictClass(draw(1, 700))),
  );
  for (const other of others) expect(other).toEqual(first);
  classifier.dispose();
});

it('the order of examples does not matter', async () => {
  const [one, other] = [create(), create()];
  for (let i = 0; i < 8; i++) one.addExample(draw(i % 2, i), i % 2);
  for (let i = 7; i >= 0; i--) other.addExample(draw(i % 2, i), i % 2);
  const [a, b] = await Promise.all(
    [one, other].map((classifier) => classifier.predictClass(draw(0, 800))),
  );
  expect(a?.confidences[0]).toBeCloseTo(b?.confidences[0] as number, 6);
  expect([a?.classIndex, b?.classIndex]).toEqual([0, 1]);
});
