/**
 * Sums in an engine: keeps the second moment of a learned state up to date as it changes, and fits
 * the head that decides by all of it.
 *
 * Legend: D features, r directions of the base's covariance.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import { toFloat32 } from '../backend/numbers.ts';
import type { SymmetricBackend, SymmetricMatrix } from '../backend/symmetric.ts';
import { HffError } from '../error.ts';
import type { Head } from '../readout.ts';
import type { BaseStatistics } from './base-statistics.ts';
import type { ClassTotal } from './class-totals.ts';
import { type ClassMean, fitHead } from './fit-head.ts';
import type { LearnedState } from './learned-state.ts';
import type { Moments } from './moments.ts';

/** Factors of the ridge that are tried where rounding has left the scatter indefinite. */
const boosts = [1, 10, 100, 1000];

export class Learner {
  readonly state: LearnedState;
  readonly #backend: Backend;
  readonly #symmetric: SymmetricBackend;
  readonly #counts: readonly number[];
  readonly #means: Float32Array;
  /** Scatter of the base within its classes, plus Σ ± u uᵀ of what was learned. */
  readonly #moment: SymmetricMatrix;
  readonly #scratch: SymmetricMatrix;
  readonly #row: Matrix;

  /**
   * @param base null where there are no base classes; otherwise of the classes that `state` names
   * @throws HffError `backend/memory`
   */
  constructor(
    backend: Backend,
    symmetric: SymmetricBackend,
    base: BaseStatistics | null,
    state: LearnedState,
  ) {
    const { dimension } = state;
    this.state = state;
    this.#backend = backend;
    this.#symmetric = symmetric;
    this.#counts = base?.counts ?? [];
    this.#means = base ? toFloat32(base.means) : new Float32Array();
    this.#moment = symmetric.matrix(dimension);
    this.#scratch = symmetric.matrix(dimension);
    this.#row = backend.matrix(1, dimension);
    if (base) this.#addBase(base);
    state.eachMoment((moments) => this.#add(moments, 1));
    state.onChange = (moments, factor) => this.#add(moments, factor);
  }

  /**
   * The head for all classes of the state, or null if it has none.
   * @throws HffError `learn/malformed` when the state is no sum of samples
   */
  fit(): Head | null {
    const totals = this.state.classes();
    if (totals.length === 0) return null;
    const classes = totals.map((total) => this.#meanOf(total));
    const baseSamples = this.#counts.reduce((sum, count) => sum + count, 0);
    const learned = totals.reduce((sum, { count }) => sum + count, 0);
    const freedom = Math.max(1, baseSamples + learned - classes.length);
    for (const boost of boosts) {
      this.#symmetric.copy(this.#scratch, this.#moment);
      totals.forEach((total, c) => {
        if (total.count !== 0) this.#centre(total, classes[c] as ClassMean);
      });
      const head = fitHead(this.#symmetric, this.#scratch, freedom, classes, boost);
      if (head) return head;
    }
    throw new HffError(
      'learn/malformed',
      'Learned state: its sums are those of no samples. Forget what never was learned no more, or begin anew.',
    );
  }

  dispose(): void {
    this.state.onChange = undefined;
    this.#symmetric.dispose(this.#moment, this.#scratch);
    this.#backend.dispose(this.#row);
  }

  #addBase({ counts, directions, variances }: BaseStatistics): void {
    const samples = counts.reduce((sum, count) => sum + count, 0);
    const scale = Math.sqrt(samples);
    const rows = Float64Array.from(toFloat32(directions), (value) => scale * value);
    this.#symmetric.addOuter(this.#moment, rows, 1);
    this.#symmetric.addDiagonal(
      this.#moment,
      Float64Array.from(variances, (value) => samples * value),
    );
  }

  #add({ plus, minus, folded }: Moments, factor: 1 | -1): void {
    this.#addRows(plus, factor);
    this.#addRows(minus, -factor);
    if (folded) this.#symmetric.addTriangle(this.#moment, folded.triangle, factor);
  }

  #addRows(rows: readonly Float32Array[], factor: number): void {
    for (const row of rows) {
      this.#backend.write(this.#row, row, 1);
      this.#symmetric.addOuter(this.#moment, this.#row, factor);
    }
  }

  /** Base and learned samples of one class together. */
  #meanOf({ label, baseIndices, count, sum }: ClassTotal): ClassMean {
    const mean = Float64Array.from(sum);
    let samples = count;
    for (const index of baseIndices) {
      const known = this.#counts[index] as number;
      const start = index * mean.length;
      samples += known;
      for (let i = 0; i < mean.length; i++) {
        mean[i] = (mean[i] as number) + known * (this.#means[start + i] as number);
      }
    }
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) / samples;
    return { label, count: samples, mean, taught: count > 0 };
  }

  /** Takes a class's samples about zero, the base's about their own means, to those about its mean. */
  #centre({ baseIndices }: ClassTotal, { count, mean }: ClassMean): void {
    const scale = Math.sqrt(count);
    const own = mean.map((value) => scale * value);
    this.#symmetric.addOuter(this.#scratch, own, -1);
    for (const index of baseIndices) {
      const known = Math.sqrt(this.#counts[index] as number);
      const start = index * mean.length;
      const row = mean.map((_, i) => known * (this.#means[start + i] as number));
      this.#symmetric.addOuter(this.#scratch, row, 1);
    }
  }
}
