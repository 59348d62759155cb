/**
 * What a model knows of the classes it was trained on, in sums over the features of its frozen layers:
 * the ground on which devices learn. It belongs to the model like its weights.
 *
 * Legend: B base classes, D features, r directions.
 */
import type { Numbers } from '../backend/numbers.ts';
import type { PrototypeVotes } from '../prototype-votes.ts';

export interface BaseStatistics {
  /** Samples of each class, each > 0, [B]. */
  readonly counts: readonly number[];
  /** Class means, [B, D]. */
  readonly means: Numbers;
  /** Within-class covariance ≈ directionsᵀ · directions + diagonal(variances); [r, D]. */
  readonly directions: Numbers;
  /** Variance that the directions leave, [D]. */
  readonly variances: Float32Array;
  /** Least ridge of the covariance in units of its mean variance, > 0; the usual one where it is missing. */
  readonly ridge?: number | undefined;
  /** Of its prototypes, [B, D]. None where the sums alone decide. */
  readonly votes?: PrototypeVotes | undefined;
}
