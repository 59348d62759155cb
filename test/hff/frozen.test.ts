/** A frozen network keeps its features, however they are stored, and still learns new classes. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Numbers, quantiseRows, toFloat32 } from '../../sdk/src/backend/numbers.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import {
  initialWeights,
  Network,
  type NetworkSpec,
  type NetworkWeights,
} from '../../sdk/src/hff/network.ts';
import { Adam } from '../../sdk/src/hff/optimiser.ts';
import { randomPrototypes } from '../../sdk/src/hff/prototypes.ts';
import { Random } from '../../sdk/src/hff/random.ts';

const spec: NetworkSpec = {
  layers: [
    { type: 'dense', inputs: 9, units: 70, prototypes: [2, 1, 2] },
    { type: 'dense', inputs: 70, units: 45, prototypes: [1, 1, 3] },
  ],
  sharpness: 30,
  scale: 20,
  voters: [0, 1],
};
const known = [0, 1];
const newClass = 2;
const all = [...known, newClass];

let kernels: WebAssembly.Module;

beforeAll(async () => {
  const bytes = await readFile(new URL('../../sdk/wasm/kernels.wasm', import.meta.url));
  kernels = await WebAssembly.compile(bytes);
});

/** Noisy clusters in nine dimensions, one for each class. */
function clusters(classes: readonly number[], samples: number, seed: number) {
  const random = new Random(seed);
  const labels = Array.from({ length: samples }, (_, i) => classes[i % classes.length] as number);
  const x = new Float32Array(samples * 9);
  labels.forEach((label, n) => {
    for (let i = 0; i < 9; i++) x[n * 9 + i] = (i % 3 === label ? 2 : 0) + random.normal() * 0.5;
  });
  return { x, labels };
}

function learn(backend: SimdBackend, network: Network, classes: readonly number[]): void {
  const optimiser = new Adam(backend, { learningRate: 0.02 });
  for (let step = 1; step <= 60; step++) {
    const { x, labels } = clusters(classes, 24, step);
    optimiser.begin(step, 1);
    const loss = { scale: 20, margin: 0.1 };
    network.update(x, labels, { loss, optimiser, dropout: 0, random: new Random(step) });
  }
  optimiser.dispose();
}

/** Share of the samples of one class that the network decides rightly. */
function accuracy(network: Network, label: number): number {
  const { x } = clusters([label], 100, 999);
  const votes = network.votes(x, 100);
  const decided = Array.from({ length: 100 }, (_, n) => {
    const row = [...votes.subarray(n * 3, n * 3 + 3)];
    return row.indexOf(Math.max(...row));
  });
  return decided.filter((one) => one === label).length / 100;
}

/** Trained on the known classes; the prototypes of the new one are random. */
function knowingTwoClasses(): NetworkWeights {
  const backend = new SimdBackend(kernels);
  const network = new Network(backend, spec, initialWeights(spec, 1), { frozen: false });
  learn(backend, network, known);
  const weights = network.weights();
  spec.layers.forEach(({ units, prototypes }, index) => {
    const values = toFloat32(weights.get(`layers.${index}.prototypes`) as Numbers);
    const count = prototypes[newClass] as number;
    values.set(randomPrototypes(count, units, new Random(index)), values.length - count * units);
    weights.set(`layers.${index}.prototypes`, values);
  });
  return weights;
}

function weightsInInt8(weights: NetworkWeights): NetworkWeights {
  const quantised = new Map(weights);
  spec.layers.forEach(({ inputs }, index) => {
    const name = `layers.${index}.weight`;
    quantised.set(name, quantiseRows(toFloat32(weights.get(name) as Numbers), inputs));
  });
  return quantised;
}

/** Unit features of each layer for 1 and for 20 samples. */
function features(backend: SimdBackend, network: Network): Float32Array[] {
  return [1, 20].flatMap((samples) => {
    network.forward(clusters(all, samples, 5).x, samples);
    return network.layers.map(({ unit }) => backend.read(unit));
  });
}

describe.each<[string, (weights: NetworkWeights) => NetworkWeights]>([
  ['float32', (weights) => weights],
  ['int8', weightsInInt8],
])('a frozen network in %s', (_, store) => {
  it('learns a new class and keeps the others, by its prototypes alone', () => {
    const backend = new SimdBackend(kernels);
    const stored = store(knowingTwoClasses());
    const network = new Network(backend, spec, stored, { frozen: true });
    expect(network.weights()).toEqual(stored);
    expect(network.parameters.map(({ name }) => name)).toEqual([
      'layers.0.prototypes',
      'layers.1.prototypes',
    ]);
    for (const label of known) expect(accuracy(network, label)).toBeGreaterThan(0.95);
    expect(accuracy(network, newClass)).toBeLessThan(0.5);
    const before = features(backend, network);

    learn(backend, network, all);

    for (const label of all) expect(accuracy(network, label)).toBeGreaterThan(0.95);
    expect(features(backend, network)).toEqual(before);
    for (const [name, numbers] of network.weights()) {
      if (name.endsWith('.prototypes')) expect(numbers).not.toEqual(stored.get(name));
      else expect(numbers).toEqual(stored.get(name));
    }
  });
});
