/**
 * Class scores and their gradient as plain loops (formulas: `backend.ts` and
 * `training-backend.ts`): tfjs has no operation over
 * groups of different sizes, and the numbers are few.
 */

/** s [N, C] from cosines t [N, P]. */
export function classScores(
  cosines: Float32Array,
  offsets: Uint32Array,
  sharpness: number,
): Float32Array {
  const classes = offsets.length - 1;
  const prototypes = offsets[classes] as number;
  const scores = new Float32Array((cosines.length / prototypes) * classes);
  for (let i = 0; i < scores.length; i++) {
    const row = Math.floor(i / classes) * prototypes;
    const first = row + (offsets[i % classes] as number);
    const end = row + (offsets[(i % classes) + 1] as number);
    scores[i] = softMaximum(cosines.subarray(first, end), sharpness);
  }
  return scores;
}

function softMaximum(cosines: Float32Array, sharpness: number): number {
  const largest = cosines.reduce((a, b) => Math.max(a, b));
  const sum = cosines.reduce((total, t) => total + Math.exp(sharpness * (t - largest)), 0);
  return largest + Math.log(sum / cosines.length) / sharpness;
}

/** G [N, P] from g = `gradient` [N, C]. */
export function classScoresGradient(
  gradient: Float32Array,
  scores: Float32Array,
  cosines: Float32Array,
  offsets: Uint32Array,
  sharpness: number,
): Float32Array {
  const classes = offsets.length - 1;
  const prototypes = offsets[classes] as number;
  return gradient.reduce((out, g, i) => {
    const row = Math.floor(i / classes) * prototypes;
    const first = row + (offsets[i % classes] as number);
    const end = row + (offsets[(i % classes) + 1] as number);
    let sum = 0;
    for (let p = first; p < end; p++) {
      const share = Math.exp(sharpness * ((cosines[p] as number) - (scores[i] as number)));
      out[p] = share;
      sum += share;
    }
    for (let p = first; p < end; p++) out[p] = (g * (out[p] as number)) / sum;
    return out;
  }, new Float32Array(cosines.length));
}
