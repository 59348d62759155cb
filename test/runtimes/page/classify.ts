/** The SDK's browser entry, as a page uses it; the tests call these functions in this page. */
/// <reference types="vite/client" />
import { type Classification, HffError, loadModel, type Model } from '@hff-edge/sdk';
import digits from '../../../models/digits/digits.safetensors?url';
import { type Lessons, learnDigits } from '../learn-digits.ts';
import { memoryBytes as watchedBytes } from '../watch-memory.ts';

declare global {
  /** @param pixels base64 of uint8 samples, one after another */
  var classifyDigits: (pixels: string, size: number) => Promise<Classification[]>;
  /** Bytes of the engines' memories. */
  var memoryBytes: () => number;
  /** @param model its bytes in base64 */
  var teachDigits: (model: string) => Promise<Lessons>;
  /** @returns the code with which a model is refused */
  var tryAddress: (model: string) => Promise<string>;
}

let model: Promise<Model> | undefined;

const decoded = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

globalThis.classifyDigits = async (pixels, size) => {
  model ??= loadModel(digits);
  const bytes = decoded(pixels);
  const count = bytes.length / size;
  const samples = Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
  return (await model).classifyBatch(samples);
};

globalThis.memoryBytes = watchedBytes;

globalThis.teachDigits = async (model) => learnDigits(await loadModel(decoded(model)));

globalThis.tryAddress = async (model) => {
  try {
    (await loadModel(model)).dispose();
    return 'loaded';
  } catch (error) {
    return error instanceof HffError ? error.code : String(error);
  }
};
