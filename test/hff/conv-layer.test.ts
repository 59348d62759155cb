/** Convolutional layers in a finished model, against plain loops and on all engines. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import type { ImageBackend } from '../../sdk/src/backend/image-backend.ts';
import type { Numbers } from '../../sdk/src/backend/numbers.ts';
import { quantiseRows } from '../../sdk/src/backend/quantise-rows.ts';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import { foldedWeights } from '../../sdk/src/hff/folded-weights.ts';
import { initialWeights } from '../../sdk/src/hff/initial-weights.ts';
import { prepareLayers } from '../../sdk/src/hff/layer-kinds.ts';
import { Network, type NetworkSpec, type NetworkWeights } from '../../sdk/src/hff/network.ts';
import { relativeError } from '../support/close.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { anyConvolution, imagesFor, networkOf, simdEngine, stack } from './conv-specs.ts';

beforeAll(async () => {
  await startTfjsInNode();
  await prepareLayers(new PlainBackend(), stack);
});

function weightsOf(spec: NetworkSpec, seed: number): Map<string, Float32Array> {
  return foldedWeights(spec, initialWeights(spec, seed));
}

function int8(weights: ReadonlyMap<string, Float32Array>): NetworkWeights {
  return new Map(
    [...weights].map(([name, values]): [string, Numbers] => {
      if (!name.endsWith('.weight')) return [name, values];
      const columns = weights.get(name.replace('weight', 'bias'))?.length as number;
      return [name, quantiseRows(values, values.length / columns)];
    }),
  );
}

/** Scores of all layers and features of images, side by side. */
function resultsOf(
  backend: Backend,
  spec: NetworkSpec,
  weights: NetworkWeights,
  rows: number,
): Float32Array[] {
  const network = new Network(backend, spec, weights);
  const images = imagesFor(spec, rows, 3);
  const results = [...network.forward(images, rows), network.features(images, rows)];
  network.dispose();
  return results;
}

function expectClose(actual: Float32Array[], expected: Float32Array[], tolerance: number): void {
  expected.forEach((values, i) => {
    expect(relativeError(actual[i] as Float32Array, values)).toBeLessThan(tolerance);
  });
}

describe('a convolutional layer', () => {
  it('of any shape gives what plain loops give, to 1e-5, and tfjs to 1e-4', async () => {
    const tfjs = new TfjsBackend();
    await fc.assert(
      fc.asyncProperty(anyConvolution, fc.integer({ min: 1, max: 6 }), async (conv, rows) => {
        const layers = networkOf([conv]).layers.slice(0, 1);
        const spec = { ...networkOf([conv]), layers };
        const weights = weightsOf(spec, 1);
        const expected = resultsOf(new PlainBackend(), spec, weights, rows);
        const simd = await simdEngine(spec);
        expectClose(resultsOf(simd, spec, weights, rows), expected, 1e-5);
        expectClose(resultsOf(tfjs, spec, weights, rows), expected, 1e-4);
      }),
      { numRuns: 60 },
    );
  });

  it.each([1, 5, 40])('in a stack, %i images at once, float32 and int8', async (rows) => {
    const weights = weightsOf(stack, 2);
    const simd = await simdEngine(stack);
    for (const stored of [weights, int8(weights)]) {
      const expected = resultsOf(new PlainBackend(), stack, stored, rows);
      // The dense layer behind rounds its inputs to 16 bits where one sample meets int8.
      const tolerance = stored === weights ? 1e-5 : 3e-4;
      expectClose(resultsOf(simd, stack, stored, rows), expected, tolerance);
      expectClose(resultsOf(simd, stack, stored, rows).slice(0, 2), expected.slice(0, 2), 1e-5);
    }
  });

  it('has a branch only where it votes or gives features', async () => {
    const simd = await simdEngine(stack);
    const branches = vi.spyOn(simd.images as ImageBackend, 'averagePool');
    const network = new Network(simd, { ...stack, features: [0] }, weightsOf(stack, 1));
    const images = imagesFor(stack, 2, 1);
    const scores = network.forward(images, 2);
    expect(branches).toHaveBeenCalledTimes(2);
    branches.mockClear();
    expect(network.votes(images, 2)).toEqual(scores[1]);
    expect(branches).toHaveBeenCalledTimes(1);
    branches.mockClear();
    network.features(images, 2);
    expect(branches).toHaveBeenCalledTimes(1);
  });

  it('takes no memory after the first image', async () => {
    const simd = await simdEngine(stack);
    const network = new Network(simd, stack, weightsOf(stack, 1));
    const { memory } = simd.parts.blocks;
    const classify = () => network.votes(imagesFor(stack, 1, 1), 1);
    classify();
    // A block of one number goes where there is room: elsewhere, had anything been reserved between.
    const probe = memory.reserve(4);
    memory.release(probe, 4);
    const before = simd.parts.kernels.memory.buffer.byteLength;
    for (let i = 0; i < 50; i++) classify();
    expect(memory.reserve(4)).toBe(probe);
    expect(simd.parts.kernels.memory.buffer.byteLength).toBe(before);
  });

  it('gives its room back', async () => {
    const simd = await simdEngine(stack);
    const { memory } = simd.parts.blocks;
    resultsOf(simd, stack, weightsOf(stack, 1), 9);
    const free = memory.reserve(1e6);
    memory.release(free, 1e6);
    for (let i = 0; i < 5; i++) resultsOf(simd, stack, weightsOf(stack, 1), 9);
    expect(memory.reserve(1e6)).toBe(free);
  });
});
