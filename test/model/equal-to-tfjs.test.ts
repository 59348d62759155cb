/**
 * Our engine answers as tfjs does: 10,000 digits, every score to 1e-4 with weights in float32, one by
 * one and in batches. In int8 single samples are rounded to 16 bits, which tfjs does not do.
 */
import { beforeAll, expect, it } from 'vitest';
import { type Classification, loadDataset, loadModel, type Model } from '../../sdk/src/node.ts';
import { engines } from '../backend/engines.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { digitsPath } from '../worker/serve-digits.ts';

const count = 10_000;
const size = 784;
const tolerances = { float32: 1e-4, int8: 3e-4 };

type Form = keyof typeof tolerances;

/** MNIST's test set where the environment names a folder that has it. */
async function digits(): Promise<Uint8Array[]> {
  if (!process.env.HFF_DATA_DIR) {
    return Array.from({ length: count }, (_, i) => mnistDigit(i % 10, 100_000 + i));
  }
  const { inputs } = await loadDataset('mnist', { split: 'test' });
  return Array.from({ length: count }, (_, i) =>
    Uint8Array.from(inputs.subarray(i * size, (i + 1) * size)),
  );
}

async function loadOn(engine: string, form: Form): Promise<Model> {
  const start = new Map(engines).get(engine);
  if (!start) throw new Error(`Expected an engine of the contract, got ${engine}.`);
  return loadModel(files[form], { backend: await start() });
}

async function oneByOne(model: Model): Promise<Classification[]> {
  const results: Classification[] = [];
  for (const sample of samples) results.push(await model.classify(sample));
  return results;
}

/** Every score within the tolerance, and every decision the same unless two scores are as near. */
function expectAlike(
  actual: readonly Classification[],
  expected: readonly Classification[],
  tolerance: number,
): void {
  expect(actual).toHaveLength(count);
  let difference = 0;
  const contrary: number[] = [];
  actual.forEach(({ label, scores, margin }, i) => {
    const other = expected[i] as Classification;
    const others = new Map(other.scores.map((entry) => [entry.label, entry.score]));
    expect(others.size).toBe(10);
    for (const { label, score } of scores) {
      difference = Math.max(difference, Math.abs(score - (others.get(label) as number)));
    }
    if (label !== other.label && Math.max(margin, other.margin) >= tolerance) contrary.push(i);
  });
  expect(difference).toBeLessThan(tolerance);
  expect(contrary).toEqual([]);
}

let samples: readonly Uint8Array[];
let files: Record<Form, Uint8Array>;
let expected: readonly Classification[];

beforeAll(async () => {
  samples = await digits();
  const stored = await loadModel(digitsPath);
  files = { float32: await stored.export('float32'), int8: await stored.export('int8') };
  stored.dispose();
  const model = await loadOn('tfjs', 'float32');
  expected = await model.classifyBatch(samples);
  model.dispose();
});

it.each([
  ['simd', 'float32'],
  ['relaxed simd', 'float32'],
  ['simd', 'int8'],
  ['relaxed simd', 'int8'],
] as const)('%s answers as tfjs does, in %s', async (engine, form) => {
  const model = await loadOn(engine, form);
  const tolerance = tolerances[form];
  const batched = await model.classifyBatch(samples);
  const single = await oneByOne(model);
  model.dispose();
  expectAlike(batched, expected, tolerance);
  expectAlike(single, expected, tolerance);
  expectAlike(single, batched, tolerance);
});
