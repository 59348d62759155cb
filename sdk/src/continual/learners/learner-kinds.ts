/** The learners that are compared, in the order of tables and legends. */
import { nodeExtraKernels, nodeKernels } from '../../backend/simd/node-kernels.ts';
import { SimdBackend } from '../../backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../../backend/simd/simd-symmetric.ts';
import type { LearnerKind } from '../feature-learner.ts';
import { classMeans } from './class-means.ts';
import { nearestNeighbours } from './nearest-neighbours.ts';
import { statisticsHead } from './statistics-head.ts';
import { streamingLda } from './streaming-lda.ts';

export interface LearnerKinds {
  readonly kinds: readonly LearnerKind[];
  /** For the features of joint training. */
  readonly jointKind: LearnerKind;
  /** Why a kind that was wanted is not among them. */
  readonly leftOut: string | null;
}

/**
 * @param neighbourDecisions test samples that k-nearest neighbours decide; 0 leaves them out, as
 *   missing packages do
 */
export async function learnerKinds(neighbourDecisions: number): Promise<LearnerKinds> {
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  const jointKind = streamingLda(await SimdSymmetric.start(backend));
  const neighbours = neighbourDecisions > 0 ? await nearestNeighbours(neighbourDecisions) : null;
  const kinds = [
    statisticsHead,
    jointKind,
    classMeans(backend),
    ...(neighbours ? [neighbours] : []),
  ];
  const leftOut =
    neighbourDecisions > 0 && !neighbours
      ? 'k-nearest neighbours are left out: install @tensorflow-models/knn-classifier, @tensorflow/tfjs-core and @tensorflow/tfjs-backend-wasm to have them.'
      : null;
  return { kinds, jointKind, leftOut };
}
