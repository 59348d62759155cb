/**
 * HFF's numeric operations on tfjs. A matrix is a slot that holds one tensor (`slot.ts`), so the number
 * of live tensors never grows with use.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Matrix } from '../backend.ts';
import { type Numbers, toFloat32 } from '../numbers.ts';
import type { AdamSettings, TrainingBackend } from '../training-backend.ts';
import { classScores, classScoresGradient } from './class-scores.ts';
import { put, Slot, tensorOf } from './slot.ts';
import { TfjsImages } from './tfjs-images.ts';

/** Rows shorter than this count as zero. */
const shortestNorm = 1e-6;

/** Up to so many rows an affine map keeps its weight in place, where its packed form is cached. */
const fewRows = 8;

/**
 * a · b. XNNPACK repacks the right factor whenever it is a new tensor, so the smaller factor stands
 * there: a · b = (bᵀ aᵀ)ᵀ. tfjs's own transposing products take a path that is ten times slower.
 * @param aT aᵀ where it is at hand
 * @param bT bᵀ where it is at hand
 */
function matrixProduct(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  aT?: tf.Tensor2D,
  bT?: tf.Tensor2D,
): tf.Tensor2D {
  if (a.size === 0 || b.size === 0) return tf.zeros([a.shape[0], b.shape[1]]);
  if (b.size <= a.size) return tf.matMul(a, b);
  return tf.transpose(tf.matMul(bT ?? tf.transpose(b), aT ?? tf.transpose(a)));
}

/** Sums along an axis, with zeros for an empty one, which tfjs leaves undefined. */
function sums(a: tf.Tensor, axis: 0 | 1): tf.Tensor {
  if (a.size > 0) return tf.sum(a, axis, true);
  return tf.zeros(axis === 0 ? [1, a.shape[1] as number] : [a.shape[0] as number, 1]);
}

function rowDots(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return sums(tf.mul(a, b), 1);
}

/** 1 / ‖row‖ as [N, 1]: 0 for rows too short to have a direction, NaN for those too long. */
function inverseNorms(a: tf.Tensor): tf.Tensor {
  const norms = tf.sqrt(sums(tf.square(a), 1));
  const long = tf.step(tf.sub(norms, shortestNorm));
  const overflow = tf.sub(norms, norms);
  return tf.add(tf.div(long, tf.maximum(norms, shortestNorm)), overflow);
}

/** The operations on whatever backend tfjs has active; `startTfjs` makes that WebAssembly. */
export class TfjsBackend implements TrainingBackend {
  readonly name: string = 'tfjs';
  readonly images: TfjsImages = new TfjsImages();

  async loadImages(): Promise<void> {}

  matrix(rows: number, columns: number): Matrix {
    return new Slot(tf.zeros([rows, columns]));
  }

  load(numbers: Numbers, rows: number, columns: number): Matrix {
    return new Slot(tf.tensor2d(toFloat32(numbers).slice(), [rows, columns]));
  }

  freeze(numbers: Numbers, rows: number, columns: number): Matrix {
    return this.load(numbers, rows, columns);
  }

  allFinite(matrix: Matrix): boolean {
    return this.read(matrix).every(Number.isFinite);
  }

  // Backends other than wasm keep the array they are given and hand out the one they keep.
  write(out: Matrix, values: Float32Array, rows: number): void {
    put(out, () => tf.tensor2d(values.slice(), [rows, values.length / rows]));
  }

  read(source: Matrix): Float32Array {
    return tensorOf(source).dataSync<'float32'>().slice();
  }

  dispose(...matrices: readonly Matrix[]): void {
    for (const matrix of matrices) tensorOf(matrix).dispose();
  }

  affineRelu(out: Matrix, x: Matrix, weight: Matrix, bias: Matrix): void {
    const inPlace = x.rows <= fewRows && x.columns > 0;
    const product = inPlace ? tf.matMul<tf.Tensor2D> : matrixProduct;
    put(out, () => tf.relu(tf.add(product(tensorOf(x), tensorOf(weight)), tensorOf(bias))));
  }

  project(unit: Matrix, inverseNorm: Matrix, a: Matrix): void {
    put(inverseNorm, () => inverseNorms(tensorOf(a)));
    put(unit, () => tf.mul(tensorOf(a), tensorOf(inverseNorm)));
  }

  multiply(out: Matrix, a: Matrix, b: Matrix, transpose?: 'left' | 'right'): void {
    put(out, () => {
      const left = tensorOf(a);
      const right = tensorOf(b);
      if (transpose === 'left') return matrixProduct(tf.transpose(left), right, left);
      if (transpose === 'right') return matrixProduct(left, tf.transpose(right), undefined, right);
      return matrixProduct(left, right);
    });
  }

  classScores(scores: Matrix, cosines: Matrix, offsets: Uint32Array, sharpness: number): void {
    this.write(scores, classScores(this.read(cosines), offsets, sharpness), cosines.rows);
  }

  classScoresGradient(
    out: Matrix,
    gradient: Matrix,
    scores: Matrix,
    cosines: Matrix,
    offsets: Uint32Array,
    sharpness: number,
  ): void {
    const [g, s, t] = [this.read(gradient), this.read(scores), this.read(cosines)];
    this.write(out, classScoresGradient(g, s, t, offsets, sharpness), cosines.rows);
  }

  sphereGradient(
    out: Matrix,
    unit: Matrix,
    inverseNorm: Matrix,
    v: Matrix,
    before: 'relu' | 'linear',
  ): void {
    put(out, () => {
      const u = tensorOf(unit);
      const active = before === 'relu' ? tf.mul(tensorOf(v), tf.step(u)) : tensorOf(v);
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
    put(out, () => sums(tensorOf(a), 0));
  }

  scale(out: Matrix, a: Matrix, factor: number): void {
    put(out, () => tf.mul(tensorOf(a), factor));
  }

  hadamard(out: Matrix, a: Matrix, b: Matrix): void {
    put(out, () => tf.mul(tensorOf(a), tensorOf(b)));
  }

  adam(gradient: Matrix, first: Matrix, second: Matrix, settings: AdamSettings): void {
    const { beta1, beta2, epsilon } = settings;
    put(first, () => tf.add(tf.mul(tensorOf(first), beta1), tensorOf(gradient)));
    put(second, () => tf.add(tf.mul(tensorOf(second), beta2), tf.square(tensorOf(gradient))));
    put(gradient, () => tf.div(tensorOf(first), tf.add(tf.sqrt(tensorOf(second)), epsilon)));
  }

  descend(parameter: Matrix, direction: Matrix, rate: number): void {
    put(parameter, () => tf.sub(tensorOf(parameter), tf.mul(tensorOf(direction), rate)));
  }

  normaliseRows(a: Matrix): void {
    put(a, () => tf.mul(tensorOf(a), inverseNorms(tensorOf(a))));
  }
}
