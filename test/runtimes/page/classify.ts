/** The SDK's browser entry, as a page uses it; the tests call these functions in this page. */
/// <reference types="vite/client" />
import { type Classification, HffError, loadModel, type Model } from '@hff-edge/sdk';
import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import digits from '../../../models/digits/digits.safetensors?url';

declare global {
  /** @param pixels base64 of uint8 samples, one after another */
  var classifyDigits: (pixels: string, size: number) => Promise<Classification[]>;
  /** Tensors that the SDK's engine holds. */
  var countTensors: () => number;
  /** @returns the code with which a model is refused */
  var tryAddresses: (addresses: { model?: string; wasm?: string }) => Promise<string>;
}

let model: Promise<Model> | undefined;

globalThis.classifyDigits = async (pixels, size) => {
  model ??= loadModel(digits, { wasm });
  const bytes = Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0));
  const count = bytes.length / size;
  const samples = Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
  return (await model).classifyBatch(samples);
};

globalThis.countTensors = () => tf.memory().numTensors;

globalThis.tryAddresses = async (addresses) => {
  try {
    (await loadModel(addresses.model ?? digits, { wasm: addresses.wasm ?? wasm })).dispose();
    return 'loaded';
  } catch (error) {
    return error instanceof HffError ? error.code : String(error);
  }
};
