/** Ink of photographs is told from paper, shadow and grain. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { photographedInk } from '../../demo/src/pictures/photographed-ink.ts';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import { photographDigit } from '../support/photograph-digit.ts';

const SIZE = 140;
const modelPath = new URL('../../models/digits/digits.safetensors', import.meta.url).pathname;
const photos = Array.from({ length: 100 }, (_, i) => photographDigit(i % 10, 7000 + i, SIZE));

let model: Model;

beforeAll(async () => {
  model = await loadModel(modelPath);
});

afterAll(() => model?.dispose());

async function rightOf(images: readonly ReturnType<typeof photographDigit>[]): Promise<number> {
  const decided = await model.classifyBatch(images, { topK: 1 });
  return decided.filter(({ label }, i) => label === String(i % 10)).length;
}

const inkOf = (photo: ReturnType<typeof photographDigit>) =>
  photographedInk({ ...photo, data: Uint8Array.from(photo.data) });

it('makes most photographed digits readable, of which most are not without', async () => {
  const [without, withInk] = [await rightOf(photos), await rightOf(photos.map(inkOf))];
  console.log(`photographed digits: ${without} of 100 as they are, ${withInk} by their ink`);
  expect(withInk).toBeGreaterThanOrEqual(90);
  expect(without).toBeLessThan(withInk);
});

it('takes bright ink on dark as well', async () => {
  const negatives = photos.map((photo) => ({
    ...photo,
    data: photo.data.map((value) => 255 - value),
  }));
  expect(await rightOf(negatives.map(inkOf))).toBeGreaterThanOrEqual(90);
});

it('finds no ink on paper', () => {
  const paper = Uint8Array.from(
    { length: SIZE * SIZE },
    (_, i) => 150 + ((i * 7919) % 11) + Math.floor(i / SIZE / 4),
  );
  const { data } = photographedInk({ width: SIZE, height: SIZE, data: paper });
  expect(Math.max(...data)).toBe(0);
});

it('leaves specks out', () => {
  const { data } = photographDigit(1, 3, SIZE);
  const dusty = Uint8Array.from(data);
  for (const at of [SIZE * 5 + 5, SIZE * 130 + 130])
    dusty[at] = dusty[at + 1] = dusty[at + SIZE] = 20;
  const { data: ink } = photographedInk({ width: SIZE, height: SIZE, data: dusty });
  expect(ink[SIZE * 5 + 5]).toBe(0);
  expect(ink[SIZE * 130 + 130]).toBe(0);
  expect(Math.max(...ink)).toBe(255);
});
