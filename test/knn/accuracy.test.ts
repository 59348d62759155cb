/**
 * Against knn-classifier on MNIST, where HFF_DATA_DIR has it: the same examples and inputs as raw
 * pixels. The figures are in `docs/knn.md`; pixels are the case that suits neighbours best.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Dataset, loadDataset } from '../../sdk/src/node.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { libraries } from './classifiers.ts';

const inputs = 1000;

describe.runIf(process.env.HFF_DATA_DIR)('on MNIST', () => {
  let [training, test] = [] as unknown as [Dataset, Dataset];

  beforeAll(async () => {
    await startTfjsInNode();
    training = await loadDataset('mnist', { split: 'train' });
    test = await loadDataset('mnist', { split: 'test' });
  });

  const pixels = ({ inputs }: Dataset, i: number): tf.Tensor =>
    tf.tensor(Float32Array.from(inputs.subarray(i * 784, (i + 1) * 784), (value) => value / 255));

  async function accuracy(library: keyof typeof libraries, perClass: number): Promise<number> {
    const classifier = libraries[library]();
    const counts = new Array<number>(10).fill(0);
    training.labels.forEach((digit, i) => {
      const count = counts[digit] as number;
      if (count === perClass) return;
      counts[digit] = count + 1;
      classifier.addExample(pixels(training, i), digit);
    });
    let right = 0;
    for (let i = 0; i < inputs; i++) {
      const { label } = await classifier.predictClass(pixels(test, i));
      if (Number(label) === test.labels[i]) right++;
    }
    classifier.dispose();
    return (100 * right) / inputs;
  }

  // Within two standard errors of what was measured.
  it.each([
    [1, 41.8, 24.1],
    [10, 66.1, 64.6],
    [100, 81.5, 84.7],
  ])('%i examples of each class', async (perClass, ours, theirs) => {
    const measured = [await accuracy('ours', perClass), await accuracy('theirs', perClass)];
    console.log(`${perClass} a class: ours ${measured[0]} %, knn-classifier ${measured[1]} %`);
    expect(Math.abs((measured[0] as number) - ours)).toBeLessThan(3);
    expect(Math.abs((measured[1] as number) - theirs)).toBeLessThan(3);
  });
});
