/** Temperature scaling (Guo et al. 2017): the factor that makes scores the likeliest log-odds. */

/** Scores of one sample, by class, and the class that it is of. */
export interface LabelledScores {
  readonly scores: Float32Array;
  readonly label: number;
}

const [least, most] = [1e-3, 1e2];

/** Golden-section search for the smallest mean negative log-likelihood, over log factors. */
export function likeliestFactor(samples: readonly LabelledScores[]): {
  readonly factor: number;
  /** Sum of the negative log-likelihoods with it. */
  readonly loss: number;
} {
  const lossOf = (logarithm: number): number => {
    const factor = Math.exp(logarithm);
    return samples.reduce((sum, { scores, label }) => {
      const own = scores[label] as number;
      const others = scores.reduce((total, s) => total + Math.exp(factor * (s - own)), 0);
      return sum + Math.min(Math.log(others), 1e3);
    }, 0);
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(least), Math.log(most)];
  while (high - low > 1e-3) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (lossOf(a) < lossOf(b)) high = b;
    else low = a;
  }
  const middle = (low + high) / 2;
  return { factor: Math.exp(middle), loss: lossOf(middle) };
}
