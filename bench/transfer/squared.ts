/** A learner that is shown the squares of the features: those that the backbone gave, before their roots. */
import type { Labelled, Learner } from './learner.ts';

export class Squared implements Learner {
  readonly #learner: Learner;

  constructor(learner: Learner) {
    this.#learner = learner;
  }

  learn({ rows, labels }: Labelled): Promise<void> {
    return this.#learner.learn({ rows: squares(rows), labels });
  }

  decide(rows: readonly Float32Array[]): Promise<readonly string[]> {
    return this.#learner.decide(squares(rows));
  }

  bytes(): Promise<number> {
    return this.#learner.bytes();
  }

  dispose(): void {
    this.#learner.dispose();
  }
}

/** Not at length 1, which our models see to. */
function squares(rows: readonly Float32Array[]): Float32Array[] {
  return rows.map((row) => row.map((value) => value * value));
}
