/** The closed-form local update against tfjs's automatic differentiation of the same local loss. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import type { NetworkSpec } from '../../sdk/src/hff/network.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { TrainingNetwork } from '../../sdk/src/hff/training-network.ts';
import { relativeError } from '../support/close.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { GradientRecorder } from './gradient-recorder.ts';

const samples = 12;
const inputs = 20;
const units = 16;
const classes = 5;

interface Case {
  k: number[];
  sharpness: number;
  scale: number;
  margin: number;
}

const cases: Case[] = [1, 3].flatMap((k) =>
  [0, 0.1, 0.3].flatMap((margin) =>
    [10, 20, 40].map((scale) => ({
      k: new Array<number>(classes).fill(k),
      sharpness: 30,
      scale,
      margin,
    })),
  ),
);
cases.push({ k: [1, 3, 2, 1, 4], sharpness: 8, scale: 20, margin: 0.2 });

/** The local loss in tfjs operations, written from the formulas and not from our code. */
function localLoss({ k, sharpness, scale, margin }: Case, x: tf.Tensor2D, labels: number[]) {
  return (weight: tf.Tensor, bias: tf.Tensor, prototypes: tf.Tensor): tf.Scalar => {
    const a = tf.relu(tf.add(tf.matMul(x, weight as tf.Tensor2D), bias));
    const u = tf.div(a, tf.sqrt(tf.sum(tf.square(a), 1, true)));
    const t = tf.matMul(u as tf.Tensor2D, tf.transpose(prototypes as tf.Tensor2D));
    let first = 0;
    const scores = k.map((count) => {
      const own = tf.slice(t, [0, first], [samples, count]);
      first += count;
      const exponents = tf.exp(tf.mul(own, sharpness));
      return tf.div(tf.log(tf.div(tf.sum(exponents, 1), count)), sharpness);
    });
    const truth = tf.oneHot(tf.tensor1d(labels, 'int32'), classes);
    const logits = tf.mul(tf.sub(tf.stack(scores, 1), tf.mul(truth, margin)), scale);
    const logNormaliser = tf.log(tf.sum(tf.exp(logits), 1));
    const own = tf.sum(tf.mul(logits, truth), 1);
    return tf.mean(tf.sub(logNormaliser, own)) as tf.Scalar;
  };
}

function specOf({ k, sharpness, scale }: Case): NetworkSpec {
  return {
    layers: [{ type: 'dense', inputs, units, prototypes: k }],
    sharpness,
    scale,
    voters: [0],
  };
}

function batchOf(seed: number): { x: Float32Array; labels: number[] } {
  const random = new Random(seed);
  const x = random.normals(samples * inputs, 1);
  return { x, labels: Array.from({ length: samples }, () => random.integer(classes)) };
}

function gradientsOf(backend: TrainingBackend, settings: Case, seed: number) {
  const spec = specOf(settings);
  const weights = initialWeights(spec, seed);
  const network = new TrainingNetwork(backend, spec, weights);
  const { x, labels } = batchOf(seed);
  const optimiser = new GradientRecorder(backend);
  const loss = { scale: settings.scale, margin: settings.margin };
  const [report] = network.update(x, labels, {
    loss,
    optimiser,
    dropout: 0,
    stream: [1],
  });
  network.dispose();
  return { gradients: optimiser.gradients, weights, loss: report?.loss as number, x, labels };
}

beforeAll(startTfjsInNode);

describe.each(cases)('K $k, γ $scale, margin $margin', (settings) => {
  it('equals automatic differentiation to 1e-4', () => {
    const { gradients, weights, loss, x, labels } = gradientsOf(new TfjsBackend(), settings, 3);
    const names = ['weight', 'bias', 'prototypes'];
    const shapes = [
      [inputs, units],
      [1, units],
      [settings.k.reduce((a, b) => a + b), units],
    ];
    const values = names.map((name, i) =>
      tf.tensor(weights.get(`layers.0.${name}`) as Float32Array, shapes[i]),
    );
    const f = localLoss(settings, tf.tensor2d(x, [samples, inputs]), labels);
    const { value, grads } = tf.valueAndGrads((w, b, p) =>
      f(w as tf.Tensor, b as tf.Tensor, p as tf.Tensor),
    )(values);
    expect(loss).toBeCloseTo(value.dataSync()[0] as number, 4);
    names.forEach((name, i) => {
      const ours = gradients.get(`layers.0.${name}`) as Float32Array;
      expect(relativeError(ours, grads[i]?.dataSync() as Float32Array)).toBeLessThan(1e-4);
    });
  });

  it('ignores a joint rescaling of weight and bias: ⟨W, ∂W⟩ + ⟨b, ∂b⟩ = 0', () => {
    const { gradients, weights } = gradientsOf(new PlainBackend(), settings, 5);
    const inner = (name: string) => {
      const g = gradients.get(`layers.0.${name}`) as Float32Array;
      const w = weights.get(`layers.0.${name}`) as Float32Array;
      return w.reduce((sum, value, i) => sum + value * (g[i] as number), 0);
    };
    expect(Math.abs(inner('weight') + inner('bias'))).toBeLessThan(1e-5);
  });
});
