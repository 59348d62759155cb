/** A matrix as a slot that holds one tensor: writing a result disposes the tensor before it. */
import * as tf from '@tensorflow/tfjs-core';
import type { Matrix } from '../backend.ts';

export class Slot implements Matrix {
  tensor: tf.Tensor2D;

  constructor(tensor: tf.Tensor2D) {
    this.tensor = tensor;
  }

  get rows(): number {
    return this.tensor.shape[0];
  }

  get columns(): number {
    return this.tensor.shape[1];
  }
}

export function tensorOf(matrix: Matrix): tf.Tensor2D {
  return (matrix as Slot).tensor;
}

export function put(matrix: Matrix, compute: () => tf.Tensor): void {
  const slot = matrix as Slot;
  const result = tf.tidy(compute) as tf.Tensor2D;
  slot.tensor.dispose();
  slot.tensor = result;
}
