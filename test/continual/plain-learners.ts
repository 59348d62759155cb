/** The rivals' definitions in plain loops and float64. */

import type { SymmetricMatrix } from '../../sdk/src/backend/symmetric.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { PlainSymmetric } from '../support/plain-symmetric.ts';

export interface PlainRow {
  readonly label: string;
  readonly features: readonly number[];
}

export interface PlainAnswer {
  readonly label: string;
  readonly familiarity: number;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

const cosine = (a: readonly number[], b: readonly number[]): number =>
  dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

function best(answers: readonly PlainAnswer[]): PlainAnswer {
  return answers.reduce((a, b) => (b.familiarity > a.familiarity ? b : a));
}

function meansOf(rows: readonly PlainRow[]): Map<string, number[]> {
  const labels = [...new Set(rows.map(({ label }) => label))];
  return new Map(
    labels.map((label) => {
      const own = rows.filter((row) => row.label === label);
      const [first] = own as [PlainRow];
      return [
        label,
        first.features.map((_, i) => {
          return own.reduce((sum, { features }) => sum + (features[i] as number), 0) / own.length;
        }),
      ];
    }),
  );
}

/** The class whose mean has the largest cosine. */
export function plainMeans(taught: readonly PlainRow[]): (row: PlainRow) => PlainAnswer {
  const means = [...meansOf(taught)];
  return ({ features }) =>
    best(means.map(([label, mean]) => ({ label, familiarity: cosine(features, mean) })));
}

/** The class of most of the `k` nearest by cosine; of equal ones the first by name. */
export function plainNeighbour(
  taught: readonly PlainRow[],
  k: number,
): (row: PlainRow) => PlainAnswer {
  const labels = [...new Set(taught.map(({ label }) => label))];
  return ({ features }) => {
    const nearest = taught
      .map((row) => ({ label: row.label, nearness: cosine(features, row.features) }))
      .sort((a, b) => b.nearness - a.nearness)
      .slice(0, k);
    return best(
      labels.map((label) => ({
        label,
        familiarity: nearest.filter((row) => row.label === label).length / k,
      })),
    );
  };
}

const shrinkage = 1e-4;

/** Streaming LDA, its running covariance sample by sample as the paper has it. */
export class PlainDiscriminant {
  readonly #symmetric = new PlainSymmetric(new PlainBackend());
  readonly #factor: SymmetricMatrix;
  readonly #means = new Map<string, { count: number; mean: number[] }>();

  constructor(taught: readonly PlainRow[]) {
    const size = (taught[0] as PlainRow).features.length;
    let covariance = new Float64Array(size * size);
    taught.forEach(({ label, features }, t) => {
      const known = this.#means.get(label) ?? { count: 0, mean: [...features] };
      const deviation = features.map((value, i) => value - (known.mean[i] as number));
      covariance = covariance.map((value, at) => {
        const product =
          (deviation[Math.floor(at / size)] as number) * (deviation[at % size] as number);
        return (t * value + (t / (t + 1)) * product) / (t + 1);
      });
      const count = known.count + 1;
      const mean = known.mean.map((value, i) => value + (deviation[i] as number) / count);
      this.#means.set(label, { count, mean });
    });
    this.#factor = this.#symmetric.matrix(size);
    const triangle = covariance.filter((_, at) => at % size <= Math.floor(at / size));
    this.#symmetric.addTriangle(this.#factor, triangle, 1 - shrinkage);
    this.#symmetric.addDiagonal(this.#factor, shrinkage);
    this.#symmetric.factor(this.#factor);
  }

  /** The best score, and less the squared Mahalanobis distance to the nearest mean. */
  answer({ features }: PlainRow): PlainAnswer {
    const scored = [...this.#means].map(([label, { mean }]) => {
      const weights = this.#whitened(mean);
      return { label, familiarity: dot(weights, features) - dot(weights, mean) / 2 };
    });
    const distances = [...this.#means].map(([, { mean }]) => {
      const away = features.map((value, i) => value - (mean[i] as number));
      return dot(away, this.#whitened(away));
    });
    return { label: best(scored).label, familiarity: -Math.min(...distances) };
  }

  #whitened(row: readonly number[]): number[] {
    return [...this.#symmetric.solve(this.#factor, Float64Array.from(row))];
  }
}
