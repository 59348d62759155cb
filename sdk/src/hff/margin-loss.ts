/**
 * The loss of one layer: additive-margin softmax over class scores.
 *
 *   L = −log softmax_y( γ (s − m·1_y) ),   g_c = ∂L/∂s_c = γ (P_c − 1[c = y])
 *
 * m = 0 is plain cross-entropy. The smooth margin softplus(γ (m + (1/γ) log Σ_{j≠y} exp(γ s_j) − s_y))
 * is the same function. The gradient sums to zero over the classes.
 */
export interface MarginLossOptions {
  /** Scale γ > 0: the inverse temperature of the softmax. */
  readonly scale: number;
  /** Margin m ≥ 0 that the true class must win by; above C/(C−1) it cannot be reached. */
  readonly margin: number;
}

export interface MarginLoss {
  /** Mean loss over the samples. */
  readonly loss: number;
  /** Samples whose true class has the largest score. */
  readonly correct: number;
  /** g / N, [N, C]. */
  readonly gradient: Float32Array;
}

/**
 * @param scores s, [N, C]
 * @param labels true class of each sample, N whole numbers in [0, C)
 */
export function marginLoss(
  scores: Float32Array,
  labels: ArrayLike<number>,
  { scale, margin }: MarginLossOptions,
): MarginLoss {
  const samples = labels.length;
  const classes = scores.length / samples;
  const gradient = new Float32Array(scores.length);
  let loss = 0;
  let correct = 0;
  for (let n = 0; n < samples; n++) {
    const row = n * classes;
    const truth = labels[n] as number;
    let largest = Number.NEGATIVE_INFINITY;
    let best = 0;
    for (let c = 0; c < classes; c++) {
      const score = scores[row + c] as number;
      if (score > (scores[row + best] as number)) best = c;
      largest = Math.max(largest, scale * (c === truth ? score - margin : score));
    }
    if (best === truth) correct++;
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const score = scores[row + c] as number;
      const weight = Math.exp(scale * (c === truth ? score - margin : score) - largest);
      gradient[row + c] = weight;
      sum += weight;
    }
    for (let c = 0; c < classes; c++) {
      const probability = (gradient[row + c] as number) / sum;
      gradient[row + c] = (scale * (probability - (c === truth ? 1 : 0))) / samples;
    }
    loss += largest + Math.log(sum) - scale * ((scores[row + truth] as number) - margin);
  }
  return { loss: loss / samples, correct, gradient };
}
