/** Plain local cross-entropy: each layer's update against tfjs's gradient of that layer's loss alone. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { baselineWeights } from '../../bench/baselines/baseline-weights.ts';
import { LocalCrossEntropy } from '../../bench/baselines/local-cross-entropy.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
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

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe.each([
  ['dense', [9, 8]],
  ['convolutional', [{ channels: 5 }, { channels: 6 }]],
  ['partly unpooled', [{ channels: 5 }, { channels: 6, pool: 1 }]],
] as const)('%s', (_, units) => {
  const layers = designLayers(units, image, [1, 1, 1]);
  const spec: NetworkSpec = { layers, sharpness: 30, scale: 20, voters: [1] };
  const weights = baselineWeights(spec, 5);
  const images = new Random(6).normals(labels.length * size, 1);

  it('has the gradients of each layer by its own loss', async () => {
    const backend = await simdTrainingEngine();
    const network = new LocalCrossEntropy(backend, spec, weights);
    const recorder = new GradientRecorder(backend);
    const reports = network.update(images, labels, { optimiser: recorder });
    for (const index of layers.keys()) {
      const own = [...recorder.gradients.keys()].filter((n) => n.startsWith(`layers.${index}.`));
      expect(own).toHaveLength(layers[index]?.type === 'conv' ? 5 : 4);
      const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => {
        const numbers = new Map(
          [...weights].map(([name, w]) => [name, tf.tensor1d(w) as tf.Tensor]),
        );
        own.forEach((name, i) => {
          numbers.set(name, tensors[i] as tf.Tensor);
        });
        return meanCrossEntropy(logits(layers, index, numbers, images, labels.length), labels);
      })(own.map((name) => tf.tensor1d(weights.get(name) as Float32Array)));
      expect(reports[index]?.loss).toBeCloseTo(value.dataSync()[0] as number, 5);
      own.forEach((name, i) => {
        const ours = recorder.gradients.get(name) as Float32Array;
        const error = relativeError(ours, grads[i]?.dataSync() as Float32Array, 1e-3);
        expect(error, name).toBeLessThan(1e-4);
      });
    }
    network.dispose();
  });

  it('begins with the trunk that HFF begins with', () => {
    const hff = initialWeights(spec, 5);
    const shared = [...weights.keys()].filter((name) => hff.has(name));
    expect(shared).toHaveLength(layers[0]?.type === 'conv' ? 10 : 4);
    for (const name of shared) expect(weights.get(name)).toEqual(hff.get(name));
  });
});
