/**
 * What training needs beside it on our own kernels; in a memory of its own, or in that of a
 * {@link SimdBackend} whose model learns again.
 */
import type { Matrix } from '../backend.ts';
import type { AdamSettings, TrainingBackend } from '../training-backend.ts';
import type { Block } from './blocks.ts';
import { type ExtraKernels, instantiateExtra } from './kernels.ts';
import { SimdBackend } from './simd-backend.ts';
import { SimdTrainingImages } from './simd-training-images.ts';

export class SimdTrainingBackend extends SimdBackend implements TrainingBackend {
  override readonly images: SimdTrainingImages;
  readonly #extra: ExtraKernels;

  /** @param extra kernels for images and learning: compiled, or at work in the engine's memory */
  constructor(engine: WebAssembly.Module | SimdBackend, extra: WebAssembly.Module | ExtraKernels) {
    super(engine);
    this.#extra = 'adam' in extra ? extra : instantiateExtra(extra, this.parts.kernels);
    this.images = new SimdTrainingImages(this.parts, this.#extra);
  }

  override async loadExtra(): Promise<ExtraKernels> {
    return this.#extra;
  }

  classScoresGradient(
    out: Matrix,
    gradient: Matrix,
    scores: Matrix,
    cosines: Matrix,
    offsets: Uint32Array,
    sharpness: number,
  ): void {
    const { blocks } = this.parts;
    const { rows, columns } = cosines;
    const { address } = blocks.shape(out, rows, columns);
    this.#extra.classScoresGradient(
      address,
      (gradient as Block).address,
      (scores as Block).address,
      (cosines as Block).address,
      blocks.stage(offsets),
      rows,
      offsets.length - 1,
      sharpness,
    );
  }

  sphereGradient(
    out: Matrix,
    unit: Matrix,
    inverseNorm: Matrix,
    v: Matrix,
    before: 'relu' | 'linear',
  ): void {
    const { blocks } = this.parts;
    const { address } = blocks.shape(out, v.rows, v.columns);
    this.#extra.sphereGradient(
      address,
      (unit as Block).address,
      (inverseNorm as Block).address,
      (v as Block).address,
      v.rows,
      v.columns,
      before === 'relu' ? 1 : 0,
    );
  }

  tangent(direction: Matrix, p: Matrix): void {
    this.#extra.tangent((direction as Block).address, (p as Block).address, p.rows, p.columns);
  }

  columnSums(out: Matrix, a: Matrix): void {
    const { blocks } = this.parts;
    const { address } = blocks.shape(out, 1, a.columns);
    this.#extra.columnSums(address, (a as Block).address, a.rows, a.columns);
  }

  hadamard(out: Matrix, a: Matrix, b: Matrix): void {
    const { blocks } = this.parts;
    const { address, count } = blocks.shape(out, a.rows, a.columns);
    this.#extra.hadamard(address, (a as Block).address, (b as Block).address, count);
  }

  adam(gradient: Matrix, first: Matrix, second: Matrix, settings: AdamSettings): void {
    const { address, count } = gradient as Block;
    const { beta1, beta2, epsilon } = settings;
    const [m, v] = [(first as Block).address, (second as Block).address];
    this.#extra.adam(address, m, v, count, beta1, beta2, epsilon);
  }

  descend(parameter: Matrix, direction: Matrix, rate: number): void {
    const { address, count } = parameter as Block;
    this.#extra.addScaled(address, (direction as Block).address, count, -rate);
  }

  normaliseRows(a: Matrix): void {
    this.#extra.normaliseRows((a as Block).address, a.rows, a.columns);
  }
}
