/**
 * From cosines to class scores: a soft maximum over the prototypes of each class.
 *
 *   s_c = (1/β) [ log Σ_k exp(β t_ck) − log K_c ],   π_ck = softmax_k(β t_ck)
 *
 * −log K_c keeps s_c ≤ max_k t_ck, so classes with more prototypes have no advantage.
 * Legend: N samples, C classes, P prototypes of all classes.
 */
import type { PrototypeOffsets } from './prototypes.ts';

export interface ClassScores {
  /** s, [N, C], each in [−1, 1]. */
  readonly scores: Float32Array;
  /** π, [N, P]: how much each prototype answers for its class's score; sums to 1 per class. */
  readonly responsibilities: Float32Array;
}

/**
 * @param cosines t, [N, P]
 * @param sharpness β > 0: towards ∞ the nearest prototype alone decides
 */
export function classScores(
  cosines: Float32Array,
  offsets: PrototypeOffsets,
  sharpness: number,
): ClassScores {
  const classes = offsets.length - 1;
  const prototypes = offsets[classes] as number;
  const samples = cosines.length / prototypes;
  const scores = new Float32Array(samples * classes);
  const responsibilities = new Float32Array(cosines.length);
  for (let n = 0; n < samples; n++) {
    for (let c = 0; c < classes; c++) {
      const first = n * prototypes + (offsets[c] as number);
      const end = n * prototypes + (offsets[c + 1] as number);
      scores[n * classes + c] = softMaximum(cosines, responsibilities, first, end, sharpness);
    }
  }
  return { scores, responsibilities };
}

/** Score of one class from cosines[first, end); writes the class's responsibilities beside them. */
function softMaximum(
  cosines: Float32Array,
  responsibilities: Float32Array,
  first: number,
  end: number,
  sharpness: number,
): number {
  if (end - first === 1) {
    responsibilities[first] = 1;
    return cosines[first] as number;
  }
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = first; i < end; i++) largest = Math.max(largest, cosines[i] as number);
  let sum = 0;
  for (let i = first; i < end; i++) {
    const weight = Math.exp(sharpness * ((cosines[i] as number) - largest));
    responsibilities[i] = weight;
    sum += weight;
  }
  for (let i = first; i < end; i++) {
    responsibilities[i] = (responsibilities[i] as number) / sum;
  }
  return largest + Math.log(sum / (end - first)) / sharpness;
}
