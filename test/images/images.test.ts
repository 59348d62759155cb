/** `@hff-edge/sdk/images` gives the same pixels in a browser as in Node, and refuses the same. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeImage } from '../../sdk/src/server-images.ts';
import { type ServedPage, servePage } from '../support/serve-page.ts';

const seven = new Uint8Array(await readFile(new URL('../../examples/seven.png', import.meta.url)));
const enough = 280 * 280;

let served: ServedPage;
let page: Page;

beforeAll(async () => {
  served = await servePage({ folder: new URL('page/', import.meta.url), ready: 'decodeFile' });
  page = await served.open();
});

afterAll(() => served?.close());

const inPage = (bytes: Uint8Array, maxPixels: number) =>
  page.evaluate(([bytes, most]) => globalThis.decodeFile(bytes, most), [
    [...bytes],
    maxPixels,
  ] as const as [number[], number]);

it('decodes the same everywhere, from bytes and from files', async () => {
  const { width, height, data } = await decodeImage(seven);
  expect(await decodeImage(new Blob([seven]))).toEqual({ width, height, data });
  expect(await inPage(seven, enough)).toEqual({ width, height, values: [...data] });
});

it.each([
  ['what is no image', new Uint8Array(100), enough, 'input/image'],
  ['too many pixels', seven, enough - 1, 'input/too-large'],
])('refuses %s', async (_, bytes, maxPixels, code) => {
  expect(await inPage(bytes, maxPixels)).toBe(code);
  await expect(decodeImage(bytes, { maxPixels })).rejects.toMatchObject({ code });
});
