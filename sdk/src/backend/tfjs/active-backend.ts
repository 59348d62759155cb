/** The tfjs backend that the user has made active, made ready for HFF. */
import * as tf from '@tensorflow/tfjs-core';
import { HffError } from '../../error.ts';
import type { TrainingBackend } from '../training-backend.ts';
import { TfjsBackend } from './tfjs-backend.ts';

/**
 * HFF's operations on tfjs's active backend: webgpu, webgl, wasm or cpu.
 * @experimental
 * @throws HffError `backend/unavailable` when none starts, or when it computes in half precision
 */
export async function tfjsBackend(): Promise<TrainingBackend> {
  await startActiveBackend();
  if (!(await computesIn32Bits())) {
    throw new HffError(
      'backend/unavailable',
      `tfjs backend "${tf.getBackend()}": expected floats of 32 bits, got fewer: this device's GPU cannot train. Choose another backend by tf.setBackend, for instance wasm.`,
    );
  }
  return new TfjsBackend();
}

/** @throws HffError `backend/unavailable` */
export async function startActiveBackend(): Promise<void> {
  try {
    await tf.ready();
  } catch (cause) {
    throw new HffError(
      'backend/unavailable',
      `tfjs: expected a backend that starts, got none (${cause}). Import one, for instance @tensorflow/tfjs-backend-webgl, or call startTfjs.`,
      { cause },
    );
  }
}

/** What floats of 32 bits can add to 1, and floats of 16 bits cannot. */
const smallStep = 2 ** -20;

/** Found out by a sum, since tfjs 4.22.0 tells a precision of 16 bits for every WebGL device. */
async function computesIn32Bits(): Promise<boolean> {
  // On WebGL, tfjs adds a few numbers without the GPU.
  const sums = tf.tidy(() => tf.add(tf.ones([1024]), smallStep));
  const [sum = 1] = await sums.data();
  sums.dispose();
  return Math.abs(sum - 1 - smallStep) < smallStep / 2;
}
