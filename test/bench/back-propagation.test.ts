/** Back-propagation against tfjs's automatic differentiation of the whole network. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { BackPropagation } from '../../bench/baselines/back-propagation.ts';
import { baselineWeights } from '../../bench/baselines/baseline-weights.ts';
import type { NetworkSpec } from '../../sdk/src/hff/network.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { designLayers } from '../../sdk/src/train/design-layers.ts';
import { simdTrainingEngine } from '../hff/conv-specs.ts';
import { GradientRecorder } from '../hff/gradient-recorder.ts';
import { relativeError } from '../support/close.ts';
import { logits, meanCrossEntropy } from './loss-in-tfjs.ts';

const image = { width: 12, height: 8, channels: 3 };
const labels = [0, 1, 2, 1, 0, 2, 2];
const size = image.width * image.height * image.channels;
const classes = [1, 1, 1];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it.each([
  ['dense', [9, 8, 7]],
  ['convolutional', [{ channels: 5 }, { channels: 6 }, { channels: 7 }]],
  ['partly unpooled', [{ channels: 5 }, { channels: 6, pool: 1 }, { channels: 7, pool: 1 }]],
  ['mixed', [{ channels: 5 }, 9]],
] as const)('has the gradients of a %s network', async (_, units) => {
  const layers = designLayers(units, image, classes);
  const spec: NetworkSpec = { layers, sharpness: 30, scale: 20, voters: [layers.length - 1] };
  const weights = baselineWeights(spec, 5);
  const images = new Random(6).normals(labels.length * size, 1);
  const backend = await simdTrainingEngine();
  const network = new BackPropagation(backend, spec, weights);
  const recorder = new GradientRecorder(backend);
  const [report] = network.update(images, labels, { optimiser: recorder });

  const names = [...recorder.gradients.keys()];
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
    const numbers = new Map(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
    const last = layers.length - 1;
    return meanCrossEntropy(logits(layers, last, numbers, images, labels.length), labels);
  })(names.map((name) => tf.tensor1d(weights.get(name) as Float32Array)));

  // Weight and bias of each layer, and the head's own.
  const head = layers.at(-1)?.type === 'conv' ? 3 : 2;
  expect(names).toHaveLength(2 * layers.length + head);
  expect(report?.loss).toBeCloseTo(value.dataSync()[0] as number, 5);
  names.forEach((name, i) => {
    const ours = recorder.gradients.get(name) as Float32Array;
    const error = relativeError(ours, grads[i]?.dataSync() as Float32Array, 1e-3);
    expect(error, name).toBeLessThan(1e-5);
  });
  network.dispose();
});
