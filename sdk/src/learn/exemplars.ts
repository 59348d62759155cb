/**
 * Samples kept for the day when the layers are to be adapted: a random choice of those learned, the
 * same share of a fixed room for each class. Keeping the samples of the highest random priorities is
 * reservoir sampling that can shrink.
 */
import { type InputSpec, inputSize } from '../data/input-spec.ts';
import { standardise } from '../data/standardise.ts';
import { Random } from '../hff/random.ts';
import { isSame } from './moments.ts';

export interface Exemplar {
  readonly label: string;
  /** Standardised, bit by bit as it was learned, [D_in]. */
  readonly sample: Float32Array;
}

interface Kept {
  /** Raw values where all are whole from 0 to 255, else the standardised ones. */
  readonly values: Uint8Array | Float32Array;
  readonly priority: number;
}

export class Exemplars {
  readonly #input: InputSpec;
  readonly #bytes: number;
  readonly #random: Random;
  /** Highest priority first. */
  readonly #classes = new Map<string, Kept[]>();

  /**
   * @param bytes room for all samples
   * @param seed of the choice: the same samples in the same order leave the same exemplars
   */
  constructor(input: InputSpec, bytes: number, seed: number) {
    this.#input = input;
    this.#bytes = bytes;
    this.#random = new Random(seed);
  }

  /** @param sample standardised, [D_in] */
  offer(sample: Float32Array, label: string): void {
    const kept = this.#classes.get(label) ?? [];
    const priority = this.#random.uniform();
    const lower = kept.findIndex((other) => other.priority < priority);
    kept.splice(lower < 0 ? kept.length : lower, 0, { values: this.#encode(sample), priority });
    const isNew = !this.#classes.has(label);
    this.#classes.set(label, kept);
    const share = this.#bytes / this.#classes.size;
    for (const each of isNew ? this.#classes.values() : [kept]) shrink(each, share);
  }

  /**
   * Drops an exemplar of this class that equals the sample.
   * @returns whether there was one
   */
  drop(sample: Float32Array, label: string): boolean {
    const kept = this.#classes.get(label) ?? [];
    const place = kept.findIndex(({ values }) => isSame(this.#decode(values), sample));
    if (place < 0) return false;
    kept.splice(place, 1);
    if (kept.length === 0) this.#classes.delete(label);
    return true;
  }

  /** Puts an exemplar under another label, as far as that class has room; nothing if there is none. */
  move(sample: Float32Array, from: string, to: string): void {
    if (this.drop(sample, from)) this.offer(sample, to);
  }

  /** Exemplars of one class go under another name. */
  rename(from: string, to: string): void {
    const kept = this.#classes.get(from);
    if (!kept) return;
    this.#classes.delete(from);
    this.#classes.set(to, kept);
  }

  /** Drops those of all other classes. */
  retain(labels: readonly string[]): void {
    for (const label of this.#classes.keys()) {
      if (!labels.includes(label)) this.#classes.delete(label);
    }
  }

  /** Class by class, in the order in which classes came. */
  all(): Exemplar[] {
    return [...this.#classes].flatMap(([label, kept]) =>
      kept.map(({ values }) => ({ label, sample: this.#decode(values) })),
    );
  }

  #encode(sample: Float32Array): Kept['values'] {
    const { mean, deviation } = this.#input;
    const bytes = Uint8Array.from(sample, (value, i) =>
      Math.round(
        value * (deviation[i % mean.length] as number) + (mean[i % mean.length] as number),
      ),
    );
    return isSame(this.#decode(bytes), sample) ? bytes : sample.slice();
  }

  #decode(values: Kept['values']): Float32Array {
    if (values instanceof Float32Array) return values;
    const sample = new Float32Array(inputSize(this.#input));
    // Bytes that never were raw values may lie outside the range, and then are not what is sought.
    standardise(sample, values, { ...this.#input, range: null }, 'exemplar');
    return sample;
  }
}

/** Lets the lowest priorities go until the rest has room. */
function shrink(kept: Kept[], share: number): void {
  let bytes = kept.reduce((sum, { values }) => sum + values.byteLength, 0);
  while (bytes > share) bytes -= kept.pop()?.values.byteLength ?? bytes;
}
