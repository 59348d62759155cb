/** 50,000 classifications take no memory after the first, and models disposed give all of theirs back. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { loadModel, type Model, type Sample } from '../../sdk/src/node.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { digitsPath } from '../worker/serve-digits.ts';
import { memoryBytes } from './watch-memory.ts';

const digits = Array.from({ length: 300 }, (_, i) => mnistDigit(i % 10, i));
/** One sample, a few, and more than go through the network at once. */
const batchSizes = [1, 2, 5, 128, 300];

async function classifyMany(model: Model, classifications: number): Promise<void> {
  for (let done = 0; done < classifications; ) {
    for (const size of batchSizes) {
      await model.classifyBatch(digits.slice(0, size));
      done += size;
    }
  }
}

it('stays as large as it was after the first batch of each size', async () => {
  const model = await loadModel(digitsPath);
  await classifyMany(model, 1);
  const first = memoryBytes();
  expect(first).toBeGreaterThan(0);
  await classifyMany(model, 40_000);
  for (let i = 0; i < 10_000; i++) await model.classify(digits[i % 300] as Sample);
  expect(memoryBytes()).toBe(first);
  model.dispose();
});

/** Loads models on one engine, uses each, and disposes it when `lives` others have come after it. */
async function replaceModels(rounds: number, lives: number): Promise<number[]> {
  const backend = new SimdBackend(await nodeKernels());
  const bytes = await readFile(digitsPath);
  const before = memoryBytes();
  const models: Model[] = [];
  const sizes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const model = await loadModel(bytes, { backend });
    await classifyMany(model, 1);
    models.push(model);
    if (models.length > lives) models.shift()?.dispose();
    sizes.push(memoryBytes() - before);
  }
  return sizes;
}

it('has the room of one model for one after another', async () => {
  const sizes = await replaceModels(20, 0);
  expect(new Set(sizes)).toEqual(new Set([sizes[0]]));
});

it('has hardly more than the room of two for one after another where two overlap', async () => {
  const sizes = await replaceModels(40, 1);
  // Blocks of different sizes take each other's room, which leaves gaps at first.
  expect(sizes.at(-1)).toBeLessThan(1.1 * (sizes[1] as number));
  expect(new Set(sizes.slice(-10)).size).toBe(1);
});
