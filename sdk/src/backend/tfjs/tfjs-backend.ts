/**
 * HFF's numeric operations on tfjs. A matrix is a slot that holds one tensor: writing a result
 * disposes the tensor before it, so the number of live tensors never grows with use.
 * Products avoid tfjs's transposing kernels, which are twelve times slower than transposing first.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { AdamSettings, Backend, Matrix } from '../backend.ts';

/** Rows shorter than this count as zero. */
const shortestNorm = 1e-6;

class Slot implements Matrix {
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

function tensorOf(matrix: Matrix): tf.Tensor2D {
  return (matrix as Slot).tensor;
}

function put(matrix: Matrix, compute: () => tf.Tensor): void {
  const slot = matrix as Slot;
  const result = tf.tidy(compute) as tf.Tensor2D;
  slot.tensor.dispose();
  slot.tensor = result;
}

function rowDots(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(a, b), 1, true);
}

/** 1 / ‖row‖ as [N, 1], and 0 for rows too short to have a direction. */
function inverseNorms(a: tf.Tensor): tf.Tensor {
  const norms = tf.sqrt(tf.sum(tf.square(a), 1, true));
  const long = tf.step(tf.sub(norms, shortestNorm));
  return tf.div(long, tf.maximum(norms, shortestNorm));
}

/** The operations on whatever backend tfjs has active; `startTfjs` makes that WebAssembly. */
export class TfjsBackend implements Backend {
  readonly name: string = 'tfjs';

  matrix(rows: number, columns: number): Matrix {
    return new Slot(tf.zeros([rows, columns]));
  }

  write(out: Matrix, values: Float32Array, rows: number): void {
    put(out, () => tf.tensor2d(values, [rows, values.length / rows]));
  }

  read(source: Matrix): Float32Array {
    return tensorOf(source).dataSync<'float32'>();
  }

  dispose(...matrices: readonly Matrix[]): void {
    for (const matrix of matrices) tensorOf(matrix).dispose();
  }

  affineRelu(out: Matrix, x: Matrix, weight: Matrix, bias: Matrix): void {
    put(out, () =>
      tf.fused.matMul({
        a: tensorOf(x),
        b: tensorOf(weight),
        bias: tf.reshape(tensorOf(bias), [-1]),
        activation: 'relu',
      }),
    );
  }

  project(unit: Matrix, inverseNorm: Matrix, a: Matrix): void {
    put(inverseNorm, () => inverseNorms(tensorOf(a)));
    put(unit, () => tf.mul(tensorOf(a), tensorOf(inverseNorm)));
  }

  multiply(out: Matrix, a: Matrix, b: Matrix, transpose?: 'left' | 'right'): void {
    put(out, () => {
      const left = transpose === 'left' ? tf.transpose(tensorOf(a)) : tensorOf(a);
      const right = transpose === 'right' ? tf.transpose(tensorOf(b)) : tensorOf(b);
      return tf.matMul(left, right);
    });
  }

  sphereGradient(out: Matrix, unit: Matrix, inverseNorm: Matrix, v: Matrix): void {
    put(out, () => {
      const u = tensorOf(unit);
      const active = tf.mul(tensorOf(v), tf.step(u));
      const radial = tf.mul(u, rowDots(u, active));
      return tf.mul(tf.sub(active, radial), tensorOf(inverseNorm));
    });
  }

  tangent(direction: Matrix, p: Matrix): void {
    put(direction, () => {
      const d = tensorOf(direction);
      return tf.sub(d, tf.mul(tensorOf(p), rowDots(d, tensorOf(p))));
    });
  }

  columnSums(out: Matrix, a: Matrix): void {
    put(out, () => tf.sum(tensorOf(a), 0, true));
  }

  scale(out: Matrix, a: Matrix, factor: number): void {
    put(out, () => tf.mul(tensorOf(a), factor));
  }

  hadamard(out: Matrix, a: Matrix, b: Matrix): void {
    put(out, () => tf.mul(tensorOf(a), tensorOf(b)));
  }

  /** The moments are kept without their factors (1 − β), which join the two scalars at the end. */
  adam(gradient: Matrix, first: Matrix, second: Matrix, settings: AdamSettings): void {
    const { beta1, beta2, epsilon, step } = settings;
    const firstFactor = (1 - beta1) / (1 - beta1 ** step);
    const secondFactor = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
    put(first, () => tf.add(tf.mul(tensorOf(first), beta1), tensorOf(gradient)));
    put(second, () => tf.add(tf.mul(tensorOf(second), beta2), tf.square(tensorOf(gradient))));
    put(gradient, () => {
      const root = tf.add(tf.sqrt(tensorOf(second)), epsilon / secondFactor);
      return tf.div(tf.mul(tensorOf(first), firstFactor / secondFactor), root);
    });
  }

  descend(parameter: Matrix, direction: Matrix, rate: number): void {
    put(parameter, () => tf.sub(tensorOf(parameter), tf.mul(tensorOf(direction), rate)));
  }

  normaliseRows(a: Matrix): void {
    put(a, () => tf.mul(tensorOf(a), inverseNorms(tensorOf(a))));
  }
}
