/** A model with convolutions decides and learns alike in Node, workerd and Chromium, which load it later. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadModel } from '../../sdk/src/node.ts';
import { convolvedFile, trainConvolved } from '../model/convolved-model.ts';
import type { ServedPage } from '../support/serve-page.ts';
import { serveClassifyPage } from './classify-page.ts';
import { expectSameLessons } from './expect-same-lessons.ts';
import { type Lessons, learnDigits } from './learn-digits.ts';
import { postModel } from './post-model.ts';

let bytes: Uint8Array;
let expected: Lessons;
let served: ServedPage;

beforeAll(async () => {
  bytes = await convolvedFile(await trainConvolved());
  expected = await learnDigits(await loadModel(bytes));
  served = await serveClassifyPage();
});

afterAll(async () => {
  await served?.close();
});

it('in workerd', async () => {
  const worker = new URL('learning-worker.ts', import.meta.url);
  expectSameLessons((await postModel(worker, bytes)) as Lessons, expected);
});

it('in Chromium, which fetches what that takes for such a model only', async () => {
  const page = await served.open();
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  const parts = () =>
    fetched.filter((url) => /(conv-layer|simd-images|inline-extra)\./.test(url)).length;
  const blank = Buffer.alloc(784).toString('base64');
  await page.evaluate((blank) => globalThis.classifyDigits(blank, 784), blank);
  expect(parts()).toBe(0);
  const model = Buffer.from(bytes).toString('base64');
  const actual = await page.evaluate((model) => globalThis.teachDigits(model), model);
  expectSameLessons(actual, expected);
  expect(parts()).toBe(3);
});
