/** The SDK's browser entry, as a page uses it; the test calls `classifyDigits` in this page. */
/// <reference types="vite/client" />
import { type Classification, loadModel } from '@hff-edge/sdk';
import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import digits from '../../../models/digits/digits.safetensors?url';

declare global {
  /** @param pixels base64 of uint8 samples, one after another */
  var classifyDigits: (pixels: string, size: number) => Promise<Classification[]>;
}

const model = await loadModel(digits, { wasm });

globalThis.classifyDigits = (pixels, size) => {
  const bytes = Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0));
  const count = bytes.length / size;
  const samples = Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
  return model.classifyBatch(samples);
};
