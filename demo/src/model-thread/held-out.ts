/**
 * Digits that the model never learned from, 50 of each: what teaching it new classes does to the old
 * ones. Loaded when it is first asked for. `demo/held-out.ts` makes the file.
 */
import type { Model } from '@hff-edge/sdk';
import type { Accuracy } from './protocol.ts';

const URL_OF_SET = '/held-out.png';
const SIDE = 28;
const perClass = 50;
const labels = [...'0123456789'];

/** So few that a drawing waits for less than a frame. */
const perSlice = 20;

let loaded: Promise<readonly Uint8Array[]> | undefined;

/** @param progress called after each slice, with the share that is done */
export async function measure(model: Model, progress: (share: number) => void): Promise<Accuracy> {
  loaded ??= load().catch((cause) => {
    loaded = undefined;
    throw cause;
  });
  const digits = await loaded;
  const right = new Map(labels.map((label) => [label, 0]));
  for (let start = 0; start < digits.length; start += perSlice) {
    const slice = digits.slice(start, start + perSlice);
    const decided = await model.classifyBatch(slice, { topK: 1 });
    decided.forEach(({ label }, i) => {
      const truth = labelOf(start + i);
      if (label === truth) right.set(truth, (right.get(truth) ?? 0) + 1);
    });
    progress((start + slice.length) / digits.length);
    await new Promise((resolve) => setTimeout(resolve));
  }
  const classes = [...right].map(([label, count]) => ({ label, right: count, of: perClass }));
  const total = classes.reduce((sum, each) => sum + each.right, 0);
  return { share: total / digits.length, classes };
}

/** The sheet has a row of 50 for each class. */
function labelOf(index: number): string {
  return labels[Math.floor(index / perClass)] as string;
}

async function load(): Promise<Uint8Array[]> {
  const response = await fetch(URL_OF_SET);
  if (!response.ok) {
    throw new Error(`${URL_OF_SET}: expected the held-out digits, got status ${response.status}.`);
  }
  const sheet = await createImageBitmap(await response.blob());
  const canvas = new OffscreenCanvas(sheet.width, sheet.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new Error('This browser offers no 2D canvas to a worker: nothing is measured.');
  context.drawImage(sheet, 0, 0);
  return labels.flatMap((_, row) =>
    Array.from({ length: perClass }, (_, column) => {
      const { data } = context.getImageData(column * SIDE, row * SIDE, SIDE, SIDE);
      return Uint8Array.from({ length: SIDE * SIDE }, (_, pixel) => data[4 * pixel] as number);
    }),
  );
}
