/**
 * In Chromium on WebGL, which here is a software GPU: training with the losses of WebAssembly, and
 * a backbone with its features.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { relativeError } from '../support/close.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';
import type { Extracted, Learned } from './page/learn.ts';

let served: ServedPage;

beforeAll(async () => {
  served = await servePage({
    folder: new URL('page/', import.meta.url),
    ready: 'learnDigits',
    // tfjs refuses WebGL that is slow unless it was asked for.
    args: ['--use-angle=swiftshader'],
  });
});

afterAll(async () => {
  await served?.close();
});

async function learn(backend: string): Promise<Learned> {
  const page = await served.open();
  return page.evaluate((backend) => globalThis.learnDigits(backend), backend);
}

async function extract(backend: string): Promise<Extracted> {
  const page = await served.open();
  return page.evaluate((backend) => globalThis.extractFeatures(backend), backend);
}

test('training on WebGL has the losses of WebAssembly, and leaves no tensor', async () => {
  const onGpu = await learn('webgl');
  const onWasm = await learn('hff-wasm');
  expect(onGpu.backend).toBe('webgl');
  expect(onGpu.losses).toHaveLength(8);
  expect(relativeError(onGpu.losses, onWasm.losses)).toBeLessThan(1e-3);
  expect(onGpu.accuracy).toBeGreaterThan(0.8);
  expect(onGpu.tensors[1]).toBe(onGpu.tensors[0]);
});

test('a backbone on WebGL gives the features of WebAssembly, and leaves no tensor', async () => {
  const onGpu = await extract('webgl');
  const onWasm = await extract('hff-wasm');
  expect(onGpu.backend).toBe('webgl');
  expect(relativeError(onGpu.features.flat(), onWasm.features.flat())).toBeLessThan(1e-4);
  expect(onGpu.tensors[1]).toBe(onGpu.tensors[0]);
});

test('training on a GPU of half precision is refused', async () => {
  const page = await served.open();
  expect(await page.evaluate(() => globalThis.learnInHalfPrecision())).toBe('backend/unavailable');
});
