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
import type { ClassMean } from './class-mean.ts';
import type { ClassTotal } from './class-totals.ts';
import { fitHead } from './fit-head.ts';
import type { LearnedState } from './learned-state.ts';
import { addTo, type Moments } from './moments.ts';
import { votesOf } from './votes-of.ts';

/** Factors of the ridge that are tried where rounding has left the scatter indefinite. */
const boosts = [1, 10, 100, 1000];

/** Rows added at once, which takes a fraction of the time of one after another. */
const rowsAtOnce = 64;

interface Samples {
  readonly count: number;
  /** [D]. */
  readonly mean: Float32Array | Float64Array;
}

/** A class with all of its samples, and those of them that were learned. */
interface FittedClass extends ClassMean {
  readonly total: ClassTotal;
}

export class Learner {
  readonly state: LearnedState;
  readonly #backend: Backend;
  readonly #symmetric: SymmetricBackend;
  readonly #counts: readonly number[];
  readonly #means: Float32Array;
  /** Mean ‖μ‖² over the samples of the base, 0 without one. */
  readonly #usualSquare: number;
  readonly #base: BaseStatistics | null;
  /** Scatter of the base within its classes, plus Σ ± u uᵀ of what was learned. */
  readonly #moment: SymmetricMatrix;
  readonly #scratch: SymmetricMatrix;
  readonly #rows: Matrix;

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
    this.#usualSquare = this.#meanSquare();
    this.#base = base;
    this.#moment = symmetric.matrix(dimension);
    this.#scratch = symmetric.matrix(dimension);
    this.#rows = backend.matrix(rowsAtOnce, dimension);
    if (base) this.#addBase(base);
    state.eachMoment((moments) => this.#add(moments, 1));
    state.onChange = (moments, factor) => this.#add(moments, factor);
  }

  /**
   * The head for all classes of the state, or null if it has none.
   * @throws HffError `learn/malformed` when the state is no sum of samples
   */
  fit(): Head | null {
    const classes = this.#classes();
    if (classes.length === 0) return null;
    const baseSamples = this.#counts.reduce((sum, count) => sum + count, 0);
    const learned = classes.reduce((sum, { total }) => sum + total.count, 0);
    const freedom = Math.max(1, baseSamples + learned - classes.length);
    for (const boost of boosts) {
      this.#symmetric.copy(this.#scratch, this.#moment);
      this.#centre(classes);
      const head = fitHead(
        this.#symmetric,
        this.#scratch,
        freedom,
        classes,
        this.#usualSquare,
        this.#base?.ridge,
        boost,
      );
      if (!head) continue;
      const totals = classes.map(({ total }) => total);
      return this.#base ? { ...head, votes: votesOf(totals, this.#base) } : head;
    }
    throw new HffError(
      'learn/malformed',
      'Learned state: its sums are those of no samples. Forget what never was learned no more, or begin anew.',
    );
  }

  /** Scatter of all samples within their classes, Σ (f − μ)(f − μ)ᵀ, as a triangle, and how many they are. */
  scatter(): { readonly triangle: Float64Array; readonly samples: number } {
    const classes = this.state.classes().map((total) => this.#withBase(total));
    this.#symmetric.copy(this.#scratch, this.#moment);
    this.#centre(classes);
    const samples = classes.reduce((sum, { count }) => sum + count, 0);
    return { triangle: this.#symmetric.triangle(this.#scratch), samples };
  }

  /** Means of all classes that have samples, base and learned together. */
  classMeans(): readonly ClassMean[] {
    return this.#classes();
  }

  dispose(): void {
    this.state.onChange = undefined;
    this.#symmetric.dispose(this.#moment, this.#scratch);
    this.#backend.dispose(this.#rows);
  }

  #meanSquare(): number {
    let sum = 0;
    let samples = 0;
    this.#counts.forEach((_, index) => {
      const { count, mean } = this.#baseOf(index);
      for (const value of mean) sum += count * value * value;
      samples += count;
    });
    return samples ? sum / samples : 0;
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
    const { dimension } = this.state;
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const some = rows.slice(start, start + rowsAtOnce);
      const numbers = new Float32Array(some.length * dimension);
      some.forEach((row, i) => {
        numbers.set(row, i * dimension);
      });
      this.#backend.write(this.#rows, numbers, some.length);
      this.#symmetric.addOuter(this.#moment, this.#rows, factor);
    }
  }

  #classes(): FittedClass[] {
    return this.state
      .classes()
      .map((total) => this.#withBase(total))
      .filter(({ count }) => count > 0);
  }

  /** Base and learned samples of one class together. */
  #withBase(total: ClassTotal): FittedClass {
    const { label, baseIndices, count, sum } = total;
    const mean = Float64Array.from(sum);
    let samples = count;
    for (const index of baseIndices) {
      const base = this.#baseOf(index);
      samples += base.count;
      addTo(mean, base.mean, base.count);
    }
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) / samples;
    return { label, count: samples, mean, taught: count > 0, total };
  }

  #baseOf(index: number): Samples {
    const { dimension } = this.state;
    const mean = this.#means.subarray(index * dimension, (index + 1) * dimension);
    return { count: this.#counts[index] as number, mean };
  }

  /**
   * Takes the samples of classes about zero, the base's about their own means, to those about the
   * means of their classes.
   */
  #centre(classes: readonly FittedClass[]): void {
    const moved = classes.filter(
      ({ total: { count, baseIndices } }) => count !== 0 || baseIndices.length > 1,
    );
    for (let start = 0; start < moved.length; start += rowsAtOnce) {
      const some = moved.slice(start, start + rowsAtOnce);
      const base = some.flatMap(({ total }) => total.baseIndices);
      this.#symmetric.addOuter(this.#scratch, rootsOf(some), -1);
      this.#symmetric.addOuter(this.#scratch, rootsOf(base.map((i) => this.#baseOf(i))), 1);
    }
  }
}

/** √n m of each, row by row: their outer products are those of n samples at the mean. */
function rootsOf(samples: readonly Samples[]): Float64Array {
  const dimension = samples[0]?.mean.length ?? 0;
  const roots = new Float64Array(samples.length * dimension);
  samples.forEach(({ count, mean }, row) => {
    const root = Math.sqrt(count);
    for (let i = 0; i < dimension; i++) roots[row * dimension + i] = root * (mean[i] as number);
  });
  return roots;
}
