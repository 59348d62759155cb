/** The mean of each class, kept up to date sample by sample in float64. */

export interface RunningMean {
  count: number;
  /** D. */
  readonly mean: Float64Array;
}

export class RunningMeans {
  readonly size: number;
  readonly #classes = new Map<string, RunningMean>();

  /** @param size D */
  constructor(size: number) {
    this.size = size;
  }

  get labels(): string[] {
    return [...this.#classes.keys()];
  }

  get(label: string): RunningMean | undefined {
    return this.#classes.get(label);
  }

  add(label: string, features: Float32Array): void {
    let running = this.#classes.get(label);
    if (!running) {
      running = { count: 0, mean: new Float64Array(this.size) };
      this.#classes.set(label, running);
    }
    running.count++;
    const { count, mean } = running;
    for (let i = 0; i < mean.length; i++) {
      const old = mean[i] as number;
      mean[i] = old + ((features[i] as number) - old) / count;
    }
  }

  /** The means [C, D], in the order of `labels`. */
  rows(): Float64Array {
    const rows = new Float64Array(this.#classes.size * this.size);
    let row = 0;
    for (const { mean } of this.#classes.values()) rows.set(mean, this.size * row++);
    return rows;
  }

  /** Of the means in float64 and the counts. */
  bytes(): number {
    return this.#classes.size * (this.size + 1) * Float64Array.BYTES_PER_ELEMENT;
  }

  copy(): RunningMeans {
    const copy = new RunningMeans(this.size);
    for (const [label, { count, mean }] of this.#classes) {
      copy.#classes.set(label, { count, mean: mean.slice() });
    }
    return copy;
  }
}
