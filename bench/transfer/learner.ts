/** What learns classes on features, ours and others. */

export interface Labelled {
  /** Features at length 1. */
  readonly rows: readonly Float32Array[];
  readonly labels: readonly string[];
}

export interface Learner {
  learn(samples: Labelled): Promise<void>;
  /** A label for each row. */
  decide(rows: readonly Float32Array[]): Promise<readonly string[]>;
  /** What must be kept to decide and to go on learning. */
  bytes(): Promise<number>;
  dispose(): void;
}

/** Share of the samples decided rightly, in %. */
export async function accuracy(learner: Learner, { rows, labels }: Labelled): Promise<number> {
  const decided = await learner.decide(rows);
  return (100 * decided.filter((label, i) => label === labels[i]).length) / labels.length;
}

/** Samples `from` up to `to`. */
export function part({ rows, labels }: Labelled, from: number, to: number): Labelled {
  return { rows: rows.slice(from, to), labels: labels.slice(from, to) };
}

export function ofClass({ rows, labels }: Labelled, label: string): Labelled {
  const own = rows.filter((_, i) => labels[i] === label);
  return { rows: own, labels: own.map(() => label) };
}
