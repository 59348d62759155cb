/**
 * From sums to a head: linear discriminants with a shared covariance, made for classes of which one
 * has thousands of samples and another has one (`docs/learning.md` derives it).
 *
 *   Σ = S / F + ρ I             S within-class scatter, F its degrees of freedom
 *   a_c = μ_c − m               m mean of the class means, each weighted by how well it is known
 *   q_c = a_cᵀ Σ⁻¹ a_c,  d = tr(Σ⁻¹ S / F)
 *   α_c = t / (t + d / n_c)     the part of a_c that is not noise; t = mean of q_c − d / n_c
 *   w_c = α_c Σ⁻¹ a_c,  h_c = ½ α_c² q_c,  score_c(f) = w_c · (f − m) − h_c
 *
 * Legend: C classes, D features, n_c samples of a class.
 */
import type { SymmetricBackend, SymmetricMatrix } from '../backend/symmetric.ts';
import type { Head } from '../readout.ts';

export interface ClassMean {
  readonly label: string;
  /** n_c, > 0. */
  readonly count: number;
  /** μ_c, [D]. */
  readonly mean: Float64Array;
  /** Whether samples were learned on top of base training. */
  readonly taught: boolean;
}

/** Ridge ρ in units of the mean variance: what is always there, … */
const leastRidge = 0.01;
/** … what a class of one sample adds, since the base's covariance is not quite its own, … */
const ridgeOfFew = 1;
/** … halved from so many samples of the class on, … */
const fewSamples = 20;
/** … and for each dimension over a degree of freedom, where the scatter itself is of few samples. */
const ridgeOfThinScatter = 0.1;

/** Samples from which on a class's mean counts for half in the mean of all. */
const knownSamples = 10;

/** Random probes of the trace of Σ⁻¹. */
const probes = 16;

/**
 * @param scatter S [D, D]; its content is used up
 * @param freedom F, ≥ 1
 * @param classes one or more
 * @returns null where S is so far from positive definite that no ridge up to `boost` helps
 */
export function fitHead(
  symmetric: SymmetricBackend,
  scatter: SymmetricMatrix,
  freedom: number,
  classes: readonly ClassMean[],
  boost = 1,
): Head | null {
  const dimension = scatter.order;
  const variance = symmetric.trace(scatter) / dimension / freedom;
  const taught = classes.filter((each) => each.taught).map(({ count }) => count);
  const few = taught.length ? ridgeOfFew / (1 + Math.min(...taught) / fewSamples) : 0;
  const thin = (ridgeOfThinScatter * dimension) / freedom;
  // Features are of unit length: 1e-6 of their mean square keeps Σ regular where S is zero.
  const ridge = boost * ((leastRidge + few + thin) * Math.max(variance, 0) + 1e-6 / dimension);
  symmetric.addDiagonal(scatter, freedom * ridge);
  if (symmetric.factor(scatter) >= 0) return null;

  const centre = weightedMean(classes, dimension);
  const deviations = new Float64Array((classes.length + probes) * dimension);
  classes.forEach(({ mean }, c) => {
    for (let i = 0; i < dimension; i++) {
      deviations[c * dimension + i] = (mean[i] as number) - (centre[i] as number);
    }
  });
  fillWithSigns(deviations.subarray(classes.length * dimension));
  const solved = symmetric.solve(scatter, deviations).map((value) => value * freedom);
  const row = (numbers: Float64Array, c: number): Float64Array =>
    numbers.subarray(c * dimension, (c + 1) * dimension);

  let inverseTrace = 0;
  for (let p = classes.length; p < classes.length + probes; p++) {
    inverseTrace += dot(row(deviations, p), row(solved, p)) / probes;
  }
  const effectiveDimension = Math.max(0, dimension - ridge * inverseTrace);
  const lengths = classes.map((_, c) => dot(row(deviations, c), row(solved, c)));
  const signal = signalOf(lengths, classes, effectiveDimension);

  const head = {
    labels: classes.map(({ label }) => label),
    weights: new Float32Array(classes.length * dimension),
    offsets: new Float32Array(classes.length),
    expected: new Float32Array(classes.length),
    deviations: new Float32Array(classes.length),
  };
  classes.forEach(({ count }, c) => {
    const noise = effectiveDimension / count;
    const shrink = signal > 0 ? signal / (signal + noise) : 1;
    const weight = row(solved, c).map((value) => shrink * value);
    const half = (shrink * shrink * (lengths[c] as number)) / 2;
    head.weights.set(weight, c * dimension);
    head.offsets[c] = -half - dot(weight, centre);
    head.expected[c] = half;
    // wᵀ S w / F = wᵀ Σ w − ρ ‖w‖²; its floor is for scatters of next to no samples.
    head.deviations[c] = Math.sqrt(
      Math.max(2 * half - ridge * dot(weight, weight), 0.02 * half, 1e-12),
    );
  });
  return head;
}

/** m; zero where one class is alone, which would be nothing but its own mean. */
function weightedMean(classes: readonly ClassMean[], dimension: number): Float64Array {
  const centre = new Float64Array(dimension);
  if (classes.length === 1) return centre;
  const total = classes.reduce((sum, { count }) => sum + weightOf(count), 0);
  for (const { count, mean } of classes) {
    const weight = weightOf(count) / total;
    for (let i = 0; i < dimension; i++) {
      centre[i] = (centre[i] as number) + weight * (mean[i] as number);
    }
  }
  return centre;
}

/** t: squared length of a class's deviation that is not noise, at least a tenth of what there is. */
function signalOf(
  lengths: readonly number[],
  classes: readonly ClassMean[],
  effectiveDimension: number,
): number {
  let signal = 0;
  let length = 0;
  let total = 0;
  classes.forEach(({ count }, c) => {
    const weight = weightOf(count);
    signal += weight * ((lengths[c] as number) - effectiveDimension / count);
    length += weight * (lengths[c] as number);
    total += weight;
  });
  return Math.max(signal, 0.1 * length) / total;
}

function weightOf(count: number): number {
  return count / (count + knownSamples);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** ±1 in a fixed random order (xorshift32): the same sums give the same head. */
function fillWithSigns(numbers: Float64Array): void {
  let state = 0x9e3779b9;
  for (let i = 0; i < numbers.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    numbers[i] = state & 0x10000 ? 1 : -1;
  }
}
