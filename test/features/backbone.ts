/** Features as a backbone gives them: those of drawn digits in the layers of the default model. */
import { readFile } from 'node:fs/promises';
import { prepareSample } from '../../sdk/src/data/prepare-sample.ts';
import { loadModel } from '../../sdk/src/node.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { digitsPath } from '../worker/serve-digits.ts';

const model = await loadModel(new Uint8Array(await readFile(digitsPath)));

export const dimensions: number = model.network.featureSize;

/** @param hand picks how it is drawn */
export function embedding(digit: number, hand: number): Float32Array {
  const input = new Float32Array(784);
  prepareSample(input, mnistDigit(digit, hand), model.input, 'digit');
  return model.network.features(input, 1);
}
