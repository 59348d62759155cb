/** What all Workers are asked and must answer, and the default model's file. */
import { readFile } from 'node:fs/promises';
import type { Storage } from '../../sdk/src/format/stored-weights.ts';
import { loadModel } from '../../sdk/src/node.ts';
import { mnistDigit } from '../../test/support/render-digit.ts';

const digit = 7;

/** Grey values of a drawn digit as the default model takes them. */
export const sample: Uint8Array = mnistDigit(digit, 1);

export const label = String(digit);

/** The default model's file. */
export async function readDefaultModel(): Promise<Uint8Array> {
  return readFile(new URL('../../models/digits/digits.safetensors', import.meta.url));
}

/** The same as `hff export --storage` writes it. */
export async function exportDefaultModel(storage: Storage): Promise<Uint8Array> {
  const model = await loadModel(await readDefaultModel());
  try {
    return await model.export(storage);
  } finally {
    model.dispose();
  }
}
