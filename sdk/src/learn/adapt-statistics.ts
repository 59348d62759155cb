/**
 * Statistics of adapted layers. The base's samples are not here to be measured anew, so its sums are
 * carried over as they are, though the features have moved: as a prior that weighs as much as the
 * samples at hand, or as one sample for each feature (`docs/decisions/0008-adapt.md`).
 *
 * Legend: B base classes, C classes, D features, N samples, r directions.
 */

import { toFloat32 } from '../backend/numbers.ts';
import type { SimdBackend } from '../backend/simd/simd-backend.ts';
import type { SimdSymmetric } from '../backend/simd/simd-symmetric.ts';
import type { Head } from '../readout.ts';
import { covarianceDirections } from '../train/covariance-directions.ts';
import type { AdaptClass } from './adapt-samples.ts';
import type { BaseStatistics } from './base-statistics.ts';
import type { Exemplar } from './exemplars.ts';
import { LearnedState } from './learned-state.ts';
import { Learner } from './learner.ts';
import { votesOf } from './votes-of.ts';

export interface MeasuredClass extends AdaptClass {
  /** Features of its samples, one at least, [D] each. */
  readonly rows: readonly Float32Array[];
}

/** @param rows features of `samples`, one by one */
export function measuredClasses(
  classes: readonly AdaptClass[],
  samples: readonly Exemplar[],
  rows: readonly Float32Array[],
): MeasuredClass[] {
  return classes.map((each) => ({
    ...each,
    rows: rows.filter((_, i) => samples[i]?.label === each.label),
  }));
}

export function carryStatistics(
  backend: SimdBackend,
  base: BaseStatistics,
  classes: readonly MeasuredClass[],
): BaseStatistics {
  const dimension = base.variances.length;
  const means = toFloat32(base.means);
  const samples = classes.reduce((sum, { rows }) => sum + rows.length, 0);
  const known = base.counts.reduce((sum, count) => sum + count, 0);
  const share = Math.min(1, Math.max(samples, dimension) / known);
  const counts: number[] = [];
  const newMeans = new Float32Array(classes.length * dimension);
  const scatter: Float32Array[] = [];
  let carried = 0;
  classes.forEach(({ baseIndices, rows }, c) => {
    const parts = [
      ...rows.map((row) => ({ count: 1, row })),
      ...baseIndices.map((index) => ({
        count: Math.max(1, Math.round(share * (base.counts[index] as number))),
        row: means.subarray(index * dimension, (index + 1) * dimension),
      })),
    ];
    const total = parts.reduce((sum, { count }) => sum + count, 0);
    counts.push(total);
    carried += total - rows.length;
    const mean = newMeans.subarray(c * dimension, (c + 1) * dimension);
    for (const { count, row } of parts) {
      for (let i = 0; i < dimension; i++) {
        mean[i] = (mean[i] as number) + (count / total) * (row[i] as number);
      }
    }
    for (const { count, row } of parts) {
      scatter.push(row.map((value, i) => Math.sqrt(count) * (value - (mean[i] as number))));
    }
  });
  const directions = toFloat32(base.directions);
  for (let at = 0; at < directions.length; at += dimension) {
    const row = directions.subarray(at, at + dimension);
    scatter.push(row.map((value) => Math.sqrt(carried) * value));
  }
  const variances = base.variances.map((value) => carried * value);
  const covariance = covarianceOf(backend, scatter, variances, 1 / (samples + carried));
  const rank = directions.length / dimension;
  return {
    ...base,
    counts,
    means: newMeans,
    votes: votesOf(
      classes.map(({ baseIndices, rows }) => ({ baseIndices, count: rows.length })),
      base,
    ),
    ...covarianceDirections(backend, covariance, dimension, rank),
  };
}

/** factor · (rowsᵀ rows + diagonal), [D, D]. */
function covarianceOf(
  backend: SimdBackend,
  rows: readonly Float32Array[],
  diagonal: Float32Array,
  factor: number,
): Float32Array {
  const dimension = diagonal.length;
  const values = new Float32Array(rows.length * dimension);
  rows.forEach((row, i) => {
    values.set(row, i * dimension);
  });
  const matrix = backend.load(values, rows.length, dimension);
  const product = backend.matrix(dimension, dimension);
  backend.multiply(product, matrix, matrix, 'left');
  const covariance = backend.read(product);
  backend.dispose(matrix, product);
  diagonal.forEach((value, i) => {
    const at = i * (dimension + 1);
    covariance[at] = (covariance[at] as number) + value;
  });
  return covariance.map((value) => factor * value);
}

/** The head that follows from statistics alone. */
export function headOfBase(
  symmetric: SimdSymmetric,
  base: BaseStatistics,
  labels: readonly string[],
): Head {
  const dimension = base.variances.length;
  const state = new LearnedState({ dimension, fingerprint: '', replica: '', base: labels });
  const learner = new Learner(symmetric.backend, symmetric, base, state);
  try {
    return learner.fit() as Head;
  } finally {
    learner.dispose();
  }
}
