/**
 * The loss of a Forward-Forward layer: goodness g, the mean of the squared activations, shall lie above
 * a threshold θ for positive samples and below it for negative ones.
 *
 *   L = log(1 + exp(∓κ (g − θ))),   − for positive samples, + for negative ones
 */
export interface GoodnessLossOptions {
  /** θ > 0. */
  readonly threshold: number;
  /** κ > 0. */
  readonly scale: number;
}

export interface GoodnessLoss {
  /** Mean over all samples. */
  readonly loss: number;
  /** Positive samples with more goodness than their negative. */
  readonly correct: number;
  /** ∂L/∂g, [2 N]. */
  readonly gradient: Float32Array;
}

/** @param goodness of N positive samples, then of a negative one for each, [2 N] */
export function goodnessLoss(
  goodness: Float32Array,
  { threshold, scale }: GoodnessLossOptions,
): GoodnessLoss {
  const rows = goodness.length;
  const pairs = rows / 2;
  const gradient = new Float32Array(rows);
  let loss = 0;
  let correct = 0;
  goodness.forEach((value, row) => {
    const sign = row < pairs ? -1 : 1;
    const logit = sign * scale * (value - threshold);
    loss += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    gradient[row] = (sign * scale) / (1 + Math.exp(-logit)) / rows;
    if (row < pairs && value > (goodness[row + pairs] as number)) correct++;
  });
  return { loss: loss / rows, correct, gradient };
}
