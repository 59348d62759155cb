/** A model learns alike in Node, workerd and Chromium, and a page loads learning when it learns. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadModel } from '../../sdk/src/node.ts';
import { drawnModel } from '../model/drawn-model.ts';
import type { ServedPage } from '../support/serve-page.ts';
import { serveClassifyPage } from './classify-page.ts';
import { expectSameLessons } from './expect-same-lessons.ts';
import { type Lessons, learnDigits } from './learn-digits.ts';
import { postModel } from './post-model.ts';

let bytes: Uint8Array;
let expected: Lessons;
let served: ServedPage;

beforeAll(async () => {
  bytes = await (await drawnModel()).export();
  const model = await loadModel(bytes);
  expected = await learnDigits(model);
  model.dispose();
  served = await serveClassifyPage();
});

afterAll(async () => {
  await served?.close();
});

it('in Node learns what it is taught', () => {
  const { answers, classes, changes, refused } = expected;
  const decided = answers.map((part) => part.map(({ label }) => label));
  const right = (labels: string[], part: number) =>
    decided[part]?.filter((label, i) => label === labels[i % 10]).length;
  const names = ['0', '1', '2', '3', '4', '5', '6', '7'];
  expect(right([...names, 'eight', 'nine'], 1)).toBeGreaterThanOrEqual(27);
  expect(right([...names.with(3, 'none'), 'eight', 'neun'], 2)).toBeGreaterThanOrEqual(23);
  expect(classes.slice(-2)).toEqual([
    { label: 'eight', base: 0, learned: 5 },
    { label: 'neun', base: 0, learned: 5 },
  ]);
  expect({ changes, refused }).toEqual({ changes: 11, refused: 'learn/label' });
});

it('in workerd learns the same', async () => {
  expectSameLessons(
    (await postModel(new URL('learning-worker.ts', import.meta.url), bytes)) as Lessons,
    expected,
  );
});

it('in Chromium learns the same, and fetches what that takes when it learns', async () => {
  const page = await served.open();
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const model = Buffer.from(bytes).toString('base64');
  const blank = Buffer.alloc(784).toString('base64');
  await page.evaluate((blank) => globalThis.classifyDigits(blank, 784), blank);
  const learning = () =>
    fetched.filter((url) => /\/learn\/(learning|learner|fit-head)\./.test(url));
  expect(fetched.some((url) => url.includes('digits.safetensors'))).toBe(true);
  expect(learning()).toEqual([]);
  expectSameLessons(await page.evaluate((model) => globalThis.teachDigits(model), model), expected);
  expect(learning()).toHaveLength(3);
});
