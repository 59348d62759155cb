/** Convolutional layers in training: the local update, batch normalisation, and learning as a whole. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { foldedWeights } from '../../sdk/src/hff/folded-weights.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import type { ConvSpec } from '../../sdk/src/hff/layer-spec.ts';
import { marginLoss } from '../../sdk/src/hff/margin-loss.ts';
import { Network, type NetworkSpec } from '../../sdk/src/hff/network.ts';
import { Adam, type Optimiser } from '../../sdk/src/hff/optimiser.ts';
import { TrainingNetwork } from '../../sdk/src/hff/training-network.ts';
import { relativeError } from '../support/close.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { plain } from '../support/plain-matrix.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { imagesFor, simdEngine, simdTrainingEngine, stack } from './conv-specs.ts';
import { GradientRecorder } from './gradient-recorder.ts';

const loss = { scale: 20, margin: 0.1 };
const samples = 6;
const labels = [0, 1, 2, 0, 1, 2];

beforeAll(startTfjsInNode);

function first(count: number): NetworkSpec {
  return { ...stack, layers: stack.layers.slice(0, count), voters: [0] };
}

function gradientsOf(backend: TrainingBackend, spec: NetworkSpec, isFolded: boolean) {
  const initial = initialWeights(spec, 3);
  const network = new TrainingNetwork(
    backend,
    spec,
    isFolded ? foldedWeights(spec, initial) : initial,
  );
  const optimiser = new GradientRecorder(backend);
  const images = imagesFor(spec, samples, 4);
  network.update(images, labels, { loss, optimiser, dropout: 0, stream: [1] });
  return { network, gradients: optimiser.gradients, images };
}

/** The loss of a layer in float64, for a batch that it learns from. */
function lossOf(network: TrainingNetwork, backend: TrainingBackend, images: Float32Array): number {
  const [layer] = network.layers;
  const x = backend.load(images, samples, images.length / samples);
  layer?.observe(x);
  layer?.project();
  layer?.compare();
  const scores = plain(layer?.scores as Matrix);
  return (
    labels.reduce((sum, truth, n) => {
      const logits = [0, 1, 2].map(
        (c) => loss.scale * (scores.at(n, c) - (c === truth ? loss.margin : 0)),
      );
      const all = Math.log(logits.reduce((total, logit) => total + Math.exp(logit), 0));
      return sum + all - (logits[truth] as number);
    }, 0) / samples
  );
}

describe.each([
  ['with batch normalisation', false],
  ['with it folded in', true],
])('the local update %s', (_, isFolded) => {
  const names = ['weight', 'bias', 'aux', 'prototypes'];

  it.each(names)('of the %s equals central differences to 1e-5', (name) => {
    const backend = new PlainBackend();
    const { network, gradients, images } = gradientsOf(backend, first(1), isFolded);
    const parameter = network.parameters.find((p) => p.name === `layers.0.${name}`);
    const { values } = plain(parameter?.value as Matrix);
    const step = 1e-6;
    const expected = values.map((value, i) => {
      values[i] = value + step;
      const above = lossOf(network, backend, images);
      values[i] = value - step;
      const below = lossOf(network, backend, images);
      values[i] = value;
      return (above - below) / (2 * step);
    });
    const actual = gradients.get(`layers.0.${name}`) as Float32Array;
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(1e-3);
    expect(relativeError(actual, expected)).toBeLessThan(1e-5);
  });

  it.each([
    ['simd', simdTrainingEngine],
    ['tfjs', async () => new TfjsBackend()],
  ] as [string, () => Promise<TrainingBackend>][])('is the same on %s', async (__, start) => {
    const expected = gradientsOf(new PlainBackend(), stack, isFolded).gradients;
    const actual = gradientsOf(await start(), stack, isFolded).gradients;
    expect([...actual.keys()]).toEqual([...expected.keys()]);
    for (const [name, values] of expected) {
      expect(relativeError(actual.get(name) as Float32Array, values), name).toBeLessThan(2e-4);
    }
  });

  it('stays in its layer', () => {
    const alone = gradientsOf(new PlainBackend(), first(1), isFolded).gradients;
    const inStack = gradientsOf(new PlainBackend(), stack, isFolded).gradients;
    for (const [name, values] of alone) expect(inStack.get(name)).toEqual(values);
  });
});

/** Three classes of images: a bright patch at a place of its own, on noise. */
function patches(count: number, seed: number): { x: Float32Array; truth: number[] } {
  const { width, height, channels } = (stack.layers[0] as ConvSpec).inputs;
  const x = imagesFor(stack, count, seed).map((value) => 0.5 * value);
  const truth = Array.from({ length: count }, (_, n) => n % 3);
  truth.forEach((label, n) => {
    for (let y = 2; y < 5; y++) {
      for (let column = 3 * label; column < 3 * label + 3; column++) {
        const pixel = (n * height + y) * width + column;
        x.fill(2, pixel * channels, (pixel + 1) * channels);
      }
    }
  });
  return { x, truth };
}

function learn(network: TrainingNetwork, optimiser: Optimiser, steps: number): number[] {
  let losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { x, truth } = patches(24, step);
    optimiser.begin(step, 1);
    losses = network
      .update(x, truth, { loss, optimiser, dropout: 0, stream: [1, step] })
      .map((report) => report.loss);
  }
  return losses;
}

describe('a stack with convolutions', () => {
  it('learns, and a model of it decides the same', async () => {
    const backend = await simdTrainingEngine();
    const network = new TrainingNetwork(backend, stack, initialWeights(stack, 1));
    const optimiser = new Adam(backend, { learningRate: 0.01 });
    const before = learn(network, optimiser, 1);
    const after = learn(network, optimiser, 60);
    after.forEach((value, i) => {
      expect(value).toBeLessThan((before[i] as number) / 5);
    });

    const model = new Network(
      await simdEngine(stack),
      stack,
      foldedWeights(stack, network.weights()),
    );
    const { x, truth } = patches(90, 999);
    const scores = network.forward(x, 90);
    model.forward(x, 90).forEach((folded, i) => {
      const own = scores[i] as Float32Array;
      expect(relativeError(folded, own)).toBeLessThan(1e-4);
      expect(decided(folded)).toEqual(decided(own));
      expect(marginLoss(folded, truth, loss).correct).toBeGreaterThan(85);
    });
    const features = network.features(x, 90);
    expect(relativeError(model.features(x, 90), features)).toBeLessThan(1e-4);
  });

  it('knows running moments, not those of what it decides on', () => {
    const backend = new PlainBackend();
    const network = new TrainingNetwork(backend, stack, initialWeights(stack, 1));
    learn(network, new Adam(backend, { learningRate: 0.01 }), 2);
    const { x } = patches(12, 7);
    const together = network.votes(x, 12);
    for (let n = 0; n < 12; n++) {
      const size = x.length / 12;
      const alone = network.votes(x.slice(n * size, (n + 1) * size), 1);
      expect(relativeError(alone, together.subarray(n * 3, n * 3 + 3))).toBeLessThan(1e-6);
    }
  });

  it('learns the same on tfjs as on plain loops', () => {
    const [expected, actual] = [new PlainBackend(), new TfjsBackend()].map((backend) => {
      const network = new TrainingNetwork(backend, stack, initialWeights(stack, 2));
      learn(network, new Adam(backend, { learningRate: 0.003 }), 3);
      return network.weights();
    });
    for (const [name, values] of expected ?? []) {
      const learned = actual?.get(name) as Float32Array;
      expect(relativeError(learned, values, 1e-2), name).toBeLessThan(5e-3);
    }
  });
});

function decided(scores: Float32Array): number[] {
  return Array.from({ length: scores.length / 3 }, (_, n) => {
    const row = [...scores.subarray(n * 3, n * 3 + 3)];
    return row.indexOf(Math.max(...row));
  });
}
