/** Node, workerd and Chromium answer alike: 1,000 digits, every score to 1e-4. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Classification, loadDataset, loadModel, type Model } from '../../sdk/src/node.ts';
import { mnistDigit } from '../support/render-digit.ts';
import type { ServedPage } from '../support/serve-page.ts';
import { classifyPath, post } from '../worker/post-samples.ts';
import { digitsPath, serveDigits } from '../worker/serve-digits.ts';
import { serveClassifyPage } from './classify-page.ts';

const size = 784;
const count = 1000;
const tolerance = 1e-4;

const fetchWorker = serveDigits();
let model: Model;
let served: ServedPage;
let page: Page;

beforeAll(async () => {
  model = await loadModel(digitsPath);
  served = await serveClassifyPage();
  page = await served.open();
});

afterAll(async () => {
  await served?.close();
});

interface Digits {
  /** [count, 784] grey values. */
  pixels: Uint8Array<ArrayBuffer>;
  labels: number[];
}

function rendered(): Digits {
  const pixels = new Uint8Array(count * size);
  const labels = Array.from({ length: count }, (_, i) => i % 10);
  labels.forEach((digit, i) => {
    pixels.set(mnistDigit(digit, 70_000 + i), i * size);
  });
  return { pixels, labels };
}

async function ofMnist(): Promise<Digits> {
  const { inputs, labels } = await loadDataset('mnist', { split: 'test' });
  return {
    pixels: Uint8Array.from(inputs.subarray(0, count * size)),
    labels: [...labels.subarray(0, count)],
  };
}

async function inWorkerd({ pixels }: Digits): Promise<Classification[]> {
  const response = await fetchWorker(
    `${classifyPath}?topK=10`,
    post('application/octet-stream', pixels),
  );
  const { results } = (await response.json()) as { results: Classification[] };
  return results;
}

function inChromium({ pixels }: Digits): Promise<Classification[]> {
  const text = Buffer.from(pixels).toString('base64');
  return page.evaluate(([pixels, size]) => globalThis.classifyDigits(pixels, size), [
    text,
    size,
  ] as const);
}

function inNode({ pixels }: Digits): Promise<Classification[]> {
  return model.classifyBatch(
    Array.from({ length: count }, (_, i) => pixels.subarray(i * size, (i + 1) * size)),
  );
}

/** Largest difference of any class's score in any sample. */
function largestDifference(a: readonly Classification[], b: readonly Classification[]): number {
  expect(a).toHaveLength(b.length);
  let largest = 0;
  a.forEach(({ scores }, i) => {
    const other = new Map(b[i]?.scores.map(({ label, score }) => [label, score]));
    expect(scores).toHaveLength(10);
    for (const { label, score } of scores) {
      largest = Math.max(largest, Math.abs(score - (other.get(label) as number)));
    }
  });
  return largest;
}

async function expectAlike(set: Digits, leastAccuracy: number): Promise<void> {
  const expected = await inNode(set);
  const right = expected.filter(({ label }, i) => label === String(set.labels[i])).length;
  expect(right / count).toBeGreaterThan(leastAccuracy);
  expect(largestDifference(await inWorkerd(set), expected)).toBeLessThan(tolerance);
  expect(largestDifference(await inChromium(set), expected)).toBeLessThan(tolerance);
}

describe('Node, workerd and Chromium agree', () => {
  it('on 1,000 rendered digits', () => expectAlike(rendered(), 0.9));

  // Real digits, where the environment names a folder that has them.
  it.runIf(process.env.HFF_DATA_DIR)('on 1,000 digits of MNIST', async () => {
    await expectAlike(await ofMnist(), 0.97);
  });
});
