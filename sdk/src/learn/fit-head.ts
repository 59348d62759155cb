/**
 * From sums to a head: linear discriminants with a shared covariance, made for classes of which one
 * has thousands of samples and another has one (`docs/learning.md` derives it).
 *
 *   Σ = S / F + ρ I             S within-class scatter, F its degrees of freedom
 *   a_c = μ_c − m               m mean of the class means, each weighted by how well it is known
 *   q_c = a_cᵀ Σ⁻¹ a_c,  d = tr(Σ⁻¹ S / F)
 *   α_c = t / (t + d / n_c)     the part of a_c that is not noise; t = mean of q_c − d / n_c
 *   w_c = α_c Σ⁻¹ a_c,  h_c = ½ α_c² q_c,  score_c(f) = w_c · (f − m) − h_c
 *   r_c = (‖μ_c‖² − tr(S) / F n_c) / ‖μ_c‖      length along μ_c of a sample that is not in μ_c
 *
 * Legend: C classes, D features, n_c samples of a class.
 */
import type { SymmetricBackend, SymmetricMatrix } from '../backend/symmetric.ts';
import type { Head } from '../readout.ts';
import { type ClassMean, weightOf } from './class-mean.ts';
import { inverseTrace } from './inverse-trace.ts';
import { dot, solveMeans } from './solve-means.ts';

/** Ridge ρ in units of the mean variance: what is always there unless the base says otherwise, … */
const usualRidge = 0.01;
/** … what a class of one sample adds, since the base's covariance is not quite its own, … */
const ridgeOfFew = 1;
/** … halved from so many samples of the class on, … */
const fewSamples = 20;
/**
 * … and D / F, as the scatter itself is of few samples: less by this on a base, which is of thousands,
 * so that it hardly counts.
 */
const thickness = 10;

/**
 * @param scatter S [D, D]; its content is used up
 * @param freedom F, ≥ 1
 * @param classes one or more
 * @param usualSquare mean ‖μ‖² of classes whose means are well known; 0 where there are none
 * @param least the part of ρ that is always there
 * @returns null where S is so far from positive definite that no ridge up to `boost` helps
 */
export function fitHead(
  symmetric: SymmetricBackend,
  scatter: SymmetricMatrix,
  freedom: number,
  classes: readonly ClassMean[],
  usualSquare: number,
  least: number = usualRidge,
  boost = 1,
): Head | null {
  const dimension = scatter.order;
  const variance = Math.max(symmetric.trace(scatter), 0) / dimension / freedom;
  const few = classes.reduce(
    (most, { count, taught }) =>
      taught ? Math.max(most, ridgeOfFew / (1 + count / fewSamples)) : most,
    0,
  );
  const thin = dimension / freedom / (usualSquare ? thickness : 1);
  // Features are of unit length: 1e-6 of their mean square keeps Σ regular where S is zero.
  const ridge = boost * ((least + few + thin) * variance + 1e-6 / dimension);
  symmetric.addDiagonal(scatter, freedom * ridge);
  if (symmetric.factor(scatter) >= 0) return null;

  const effective = Math.max(dimension - ridge * freedom * inverseTrace(symmetric, scatter), 0);
  const noise = classes.map(({ count }) => effective / count);
  const { weights, lengths, squares, shifts } = solveMeans(symmetric, scatter, freedom, classes);
  const signal = signalOf(lengths, noise, classes);

  const head = {
    labels: classes.map(({ label }) => label),
    weights,
    offsets: new Float32Array(classes.length),
    expected: new Float32Array(classes.length),
    deviations: new Float32Array(classes.length),
    means: new Float32Array(classes.length * dimension),
    reaches: new Float32Array(classes.length),
  };
  classes.forEach(({ mean, count, taught }, c) => {
    const shrink = signal > 0 ? signal / (signal + (noise[c] as number)) : 1;
    const weight = weights.subarray(c * dimension, (c + 1) * dimension);
    for (let i = 0; i < dimension; i++) weight[i] = shrink * (weight[i] as number);
    const half = (shrink ** 2 * (lengths[c] as number)) / 2;
    head.offsets[c] = -half - shrink * (shifts[c] as number);
    head.expected[c] = half;
    // wᵀ S w / F = wᵀ Σ w − ρ ‖w‖²; its floor is for scatters of next to no samples. Of a class that
    // the layers never saw S tells too little, which is what most of the ridge stands for: it stays in.
    const within = 2 * half - (taught ? 0 : ridge * shrink ** 2 * (squares[c] as number));
    head.deviations[c] = Math.sqrt(Math.max(within, 0.02 * half, 1e-12));
    head.means.set(mean, c * dimension);
    head.reaches[c] = reachOf(mean, (variance * dimension) / count, usualSquare);
  });
  return head;
}

/**
 * r. A mean of views is less noisy than its count says, so that no class is taken to reach less far
 * than the usual one.
 */
function reachOf(mean: Float64Array, noise: number, usualSquare: number): number {
  const square = dot(mean, mean);
  return Math.max(square - noise, Math.min(square, usualSquare)) / (Math.sqrt(square) || 1);
}

/** t: squared length of a class's deviation that is not noise, at least a tenth of what there is. */
function signalOf(
  lengths: Float64Array,
  noise: readonly number[],
  classes: readonly ClassMean[],
): number {
  let signal = 0;
  let length = 0;
  let total = 0;
  classes.forEach(({ count }, c) => {
    const weight = weightOf(count);
    signal += weight * ((lengths[c] as number) - (noise[c] as number));
    length += weight * (lengths[c] as number);
    total += weight;
  });
  return Math.max(signal, 0.1 * length) / total;
}
