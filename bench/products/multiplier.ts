/** A product that is ready to be computed again and again, on one engine. */
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import type { Factor, Product } from './step-products.ts';

export interface Multiplier {
  /** What a training step does to the factors between two products; not timed. */
  renew(): void;
  multiply(): void;
  /** The last product, row by row. */
  read(): Float32Array;
  dispose(): void;
}

/** Through a backend, each time with factors just written, as in training. */
export function onBackend(backend: Backend, { a, b, transpose }: Product): Multiplier {
  const left = backend.load(a.values, a.rows, a.columns);
  const right = backend.load(b.values, b.rows, b.columns);
  const out = backend.matrix(1, 1);
  return {
    renew() {
      backend.scale(left, left, 1);
      backend.scale(right, right, 1);
    },
    multiply: () => backend.multiply(out, left, right, transpose),
    read: () => backend.read(out),
    dispose: () => backend.dispose(left, right, out),
  };
}

/** Plain tf.matMul on unchanging factors, transposed beforehand: packed once, then cached. */
export function onWarmTfjs({ a, b, transpose }: Product): Multiplier {
  const left = tensor(a, transpose === 'left');
  const right = tensor(b, transpose === 'right');
  let out: tf.Tensor = tf.matMul(left, right);
  return {
    renew() {},
    multiply() {
      out.dispose();
      out = tf.matMul(left, right);
    },
    read: () => out.dataSync<'float32'>().slice(),
    dispose: () => tf.dispose([left, right, out]),
  };
}

function tensor({ rows, columns, values }: Factor, transposed: boolean): tf.Tensor2D {
  const plain = tf.tensor2d(values, [rows, columns]);
  if (!transposed) return plain;
  const across = tf.transpose(plain);
  plain.dispose();
  return across;
}
