/** The stack as a whole: one pass, no leaks, and learning that works on any engine. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { Numbers } from '../../sdk/src/backend/numbers.ts';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdTrainingBackend } from '../../sdk/src/backend/simd/simd-training-backend.ts';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { HffError } from '../../sdk/src/error.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import { Network, type NetworkSpec } from '../../sdk/src/hff/network.ts';
import { Adam } from '../../sdk/src/hff/optimiser.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { TrainingNetwork } from '../../sdk/src/hff/training-network.ts';
import { relativeError } from '../support/close.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';

const spec: NetworkSpec = {
  layers: [
    { type: 'dense', inputs: 6, units: 24, prototypes: [2, 1, 2] },
    { type: 'dense', inputs: 24, units: 16, prototypes: [1, 1, 3] },
  ],
  sharpness: 30,
  scale: 20,
  voters: [1],
};

/** Three noisy clusters in six dimensions. */
function clusters(samples: number, seed: number) {
  const random = new Random(seed);
  const labels = Array.from({ length: samples }, (_, i) => i % 3);
  const x = new Float32Array(samples * 6);
  labels.forEach((label, n) => {
    for (let i = 0; i < 6; i++) x[n * 6 + i] = (i % 3 === label ? 2 : 0) + random.normal() * 0.5;
  });
  return { x, labels };
}

function learn(network: TrainingNetwork, backend: TrainingBackend, steps: number): number[] {
  const optimiser = new Adam(backend, { learningRate: 0.01 });
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { x, labels } = clusters(24, step);
    optimiser.begin(step, 1);
    const reports = network.update(x, labels, {
      loss: { scale: 20, margin: 0.1 },
      optimiser,
      dropout: 0.2,
      stream: [1, step],
    });
    losses.push(reports[1]?.loss as number);
  }
  optimiser.dispose();
  return losses;
}

beforeAll(startTfjsInNode);

describe('network', () => {
  it('learns clusters layer by layer', () => {
    const backend = new PlainBackend();
    const network = new TrainingNetwork(backend, spec, initialWeights(spec, 1));
    const losses = learn(network, backend, 60);
    expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 5);
    const { x, labels } = clusters(90, 999);
    const votes = network.vote(network.forward(x, 90));
    const right = labels.filter((label, n) => {
      const row = [...votes.subarray(n * 3, n * 3 + 3)];
      return row.indexOf(Math.max(...row)) === label;
    });
    expect(right.length).toBeGreaterThan(85);
  });

  it('learns the same on tfjs as on plain loops', () => {
    const plain = new PlainBackend();
    const tfjs = new TfjsBackend();
    const expected = new TrainingNetwork(plain, spec, initialWeights(spec, 2));
    const actual = new TrainingNetwork(tfjs, spec, initialWeights(spec, 2));
    learn(expected, plain, 3);
    learn(actual, tfjs, 3);
    for (const [name, values] of expected.weights()) {
      const learned = actual.weights().get(name) as Float32Array;
      expect(relativeError(learned, values)).toBeLessThan(1e-3);
    }
    actual.dispose();
  });

  it('classifies by the weights that it has in training', async () => {
    const backend = new SimdTrainingBackend(await nodeKernels(), await nodeExtraKernels());
    const training = new TrainingNetwork(backend, spec, initialWeights(spec, 5));
    learn(training, backend, 3);
    const network = new Network(backend, spec, training.weights());
    for (const rows of [1, 20]) {
      const { x } = clusters(rows, 5);
      const expected = training.features(x, rows);
      expect(relativeError(network.features(x, rows), expected)).toBeLessThan(1e-5);
      expect(relativeError(network.votes(x, rows), training.votes(x, rows))).toBeLessThan(1e-5);
    }
  });

  it('scores a sample the same alone and in a batch', () => {
    const network = new Network(new TfjsBackend(), spec, initialWeights(spec, 4));
    const { x } = clusters(40, 5);
    const together = network.vote(network.forward(x, 40));
    for (let n = 0; n < 40; n++) {
      const alone = network.vote(network.forward(x.slice(n * 6, n * 6 + 6), 1));
      expect(relativeError(alone, together.subarray(n * 3, n * 3 + 3))).toBeLessThan(1e-5);
    }
    network.dispose();
  });

  it('leaves the number of tensors as it was after classifying and after an update', () => {
    const backend = new TfjsBackend();
    const before = tf.memory().numTensors;
    const network = new TrainingNetwork(backend, spec, initialWeights(spec, 3));
    learn(network, backend, 1);
    network.forward(clusters(5, 1).x, 5);
    const { numTensors, numDataBuffers } = tf.memory();
    const optimiser = new Adam(backend, { learningRate: 0.01 });
    const update = () => {
      const { x, labels } = clusters(24, 1);
      optimiser.begin(1, 1);
      network.update(x, labels, {
        loss: { scale: 20, margin: 0 },
        optimiser,
        dropout: 0.2,
        stream: [1],
      });
    };
    update();
    const withMoments = tf.memory().numTensors;
    for (let i = 0; i < 20; i++) {
      update();
      network.forward(clusters(i + 1, 1).x, i + 1);
    }
    expect(tf.memory().numTensors).toBe(withMoments);
    optimiser.dispose();
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('that does not fit into its engine gives back what it took', () => {
    const weights = initialWeights(spec, 1);
    const full = new HffError('backend/memory', 'full');
    class FullBackend extends TfjsBackend {
      override load(numbers: Numbers, rows: number, columns: number): Matrix {
        if (numbers === weights.get('layers.1.weight')) throw full;
        return super.load(numbers, rows, columns);
      }
    }
    const before = tf.memory().numTensors;
    for (const Kind of [Network, TrainingNetwork]) {
      expect(() => new Kind(new FullBackend(), spec, weights)).toThrow(full);
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it('gives the same start for the same seed', () => {
    expect(initialWeights(spec, 7)).toEqual(initialWeights(spec, 7));
    expect(initialWeights(spec, 7)).not.toEqual(initialWeights(spec, 8));
  });
});
