/** The Forward-Forward update against central differences, and what its passes decide. */
import { expect, it } from 'vitest';
import { ForwardForward } from '../../bench/baselines/forward-forward.ts';
import { goodnessLoss } from '../../bench/baselines/goodness-loss.ts';
import { withLabels } from '../../bench/baselines/with-labels.ts';
import type { DenseSpec } from '../../sdk/src/hff/layer-spec.ts';
import { Adam } from '../../sdk/src/hff/optimiser.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { simdTrainingEngine } from '../hff/conv-specs.ts';
import { GradientRecorder } from '../hff/gradient-recorder.ts';
import { relativeError } from '../support/close.ts';

const inputs = 10;
const classes = 3;
const prototypes = [1, 1, 1];
const layers: DenseSpec[] = [
  { type: 'dense', inputs, units: 8, prototypes },
  { type: 'dense', inputs: 8, units: 7, prototypes },
];
const options = { threshold: 1.5, scale: 3, labelValue: 2 };
const labels = [0, 2, 1, 1, 0];
const samples = new Random(3).normals(labels.length * inputs, 1);

/** ReLU(x W + b) of one sample, in float64. */
function activation(x: ArrayLike<number>, weight: Float64Array, bias: Float64Array): number[] {
  return Array.from(bias, (b, unit) => {
    const sum = Array.from(x).reduce(
      (total, value, i) => total + value * (weight[i * bias.length + unit] as number),
      b,
    );
    return Math.max(0, sum);
  });
}

/** From the activation to what the next layer gets. */
function withoutLength(a: readonly number[]): number[] {
  const length = Math.hypot(...a);
  return a.map((value) => (Math.sqrt(a.length) * value) / length);
}

it('has the gradients of each layer by its own loss', async () => {
  const backend = await simdTrainingEngine();
  const network = new ForwardForward(backend, layers, 1, options);
  const numbers = new Map(
    network.parameters.map(({ name, value }) => [name, Float64Array.from(backend.read(value))]),
  );
  const recorder = new GradientRecorder(backend);
  const reports = network.update(samples, labels, { optimiser: recorder, random: new Random(4) });
  // The same draws as the network's.
  const random = new Random(4);
  const wrong = labels.map((label) => (label + 1 + random.integer(classes - 1)) % classes);
  expect(wrong.some((label, i) => label === labels[i])).toBe(false);
  const both = Float32Array.of(...samples, ...samples);
  const labelled = withLabels(both, [...labels, ...wrong], classes, options.labelValue);
  const width = inputs + classes;
  const of = (layer: number, key: string) => numbers.get(`layers.${layer}.${key}`) as Float64Array;

  const lossOf = (last: number): number => {
    const losses = Array.from({ length: 2 * labels.length }, (_, row) => {
      let a = activation(
        labelled.subarray(row * width, (row + 1) * width),
        of(0, 'weight'),
        of(0, 'bias'),
      );
      for (let layer = 1; layer <= last; layer++) {
        a = activation(withoutLength(a), of(layer, 'weight'), of(layer, 'bias'));
      }
      const goodness = a.reduce((sum, value) => sum + value ** 2, 0) / a.length;
      const logit = options.scale * (goodness - options.threshold);
      return Math.log(1 + Math.exp(row < labels.length ? -logit : logit));
    });
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  };

  for (const index of layers.keys()) {
    expect(reports[index]?.loss).toBeCloseTo(lossOf(index), 5);
    for (const key of ['weight', 'bias']) {
      const values = of(index, key);
      const expected = values.map((value, i) => {
        const slope = [1e-5, -1e-5].map((step) => {
          values[i] = value + step;
          return lossOf(index) / (2 * step);
        });
        values[i] = value;
        return (slope[0] as number) + (slope[1] as number);
      });
      const ours = recorder.gradients.get(`layers.${index}.${key}`) as Float32Array;
      expect(relativeError(ours, expected), `${key} of layer ${index}`).toBeLessThan(1e-4);
    }
  }
  network.dispose();
});

it('pushes positive goodness up and negative goodness down', () => {
  const { gradient, correct, loss } = goodnessLoss(Float32Array.of(3, 1, 1, 2), options);
  expect(gradient.map(Math.sign)).toEqual(Float32Array.of(-1, -1, 1, 1));
  expect(correct).toBe(1);
  const softplus = (logit: number) => Math.log(1 + Math.exp(logit));
  expect(loss).toBeCloseTo(
    (softplus(-4.5) + softplus(1.5) + softplus(-1.5) + softplus(1.5)) / 4,
    5,
  );
});

it('learns two blobs per class, which it then tells apart by a pass for each class', async () => {
  const backend = await simdTrainingEngine();
  const network = new ForwardForward(backend, layers, 1, options);
  const optimiser = new Adam(backend, { learningRate: 0.02 });
  const random = new Random(8);
  const centres = random.normals(2 * classes * inputs, 2);
  const draw = (rows: number) => {
    const blobs = Array.from({ length: rows }, () => random.integer(2 * classes));
    const x = random.normals(rows * inputs, 0.3);
    return {
      x: x.map((value, i) => {
        const blob = blobs[Math.floor(i / inputs)] as number;
        return value + (centres[blob * inputs + (i % inputs)] as number);
      }),
      truth: blobs.map((blob) => blob % classes),
    };
  };
  for (let step = 1; step <= 300; step++) {
    const { x, truth } = draw(32);
    optimiser.begin(step, 1);
    network.update(x, truth, { optimiser, random });
  }
  const { x, truth } = draw(200);
  const scores = network.vote(network.forward(x, 200));
  const right = truth.filter((label, n) => {
    const own = scores.subarray(n * classes, (n + 1) * classes);
    return own.indexOf(Math.max(...own)) === label;
  });
  expect(right.length).toBeGreaterThan(180);
  optimiser.dispose();
  network.dispose();
});
