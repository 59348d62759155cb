/**
 * Batch normalisation (Ioffe, Szegedy 2015) without its scale, which the ReLU and the sphere behind it
 * would take away again. In training a batch's own moments count, in deciding running means of them;
 * in a finished model they are part of weight and bias.
 *
 * Legend: D channels.
 */
import type { Matrix } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import type { LayerWeights } from './layer-kind.ts';
import type { Parameter } from './parameter.ts';

/** Share of a new batch in the running moments. */
const share = 0.1;

/** Added to variances, as the engines do. */
const leastVariance = 1e-5;

export class BatchNorm {
  readonly parameters: readonly Parameter[];
  readonly #backend: TrainingBackend;
  readonly #mean: Matrix;
  readonly #variance: Matrix;
  readonly #batchMean: Matrix;
  readonly #batchVariance: Matrix;

  /** @returns null for weights that it is folded into already */
  static of(
    backend: TrainingBackend,
    name: string,
    weights: LayerWeights,
    channels: number,
  ): BatchNorm | null {
    const [mean, variance] = [weights.get('mean'), weights.get('variance')];
    return mean && variance ? new BatchNorm(backend, name, [mean, variance], channels) : null;
  }

  private constructor(
    backend: TrainingBackend,
    name: string,
    [mean, variance]: readonly [Numbers, Numbers],
    channels: number,
  ) {
    this.#backend = backend;
    this.#mean = backend.load(mean, 1, channels);
    this.#variance = backend.load(variance, 1, channels);
    this.parameters = [
      { name: `${name}.mean`, value: this.#mean, geometry: 'flat' },
      { name: `${name}.variance`, value: this.#variance, geometry: 'flat' },
    ];
    this.#batchMean = backend.matrix(1, channels);
    this.#batchVariance = backend.matrix(1, channels);
  }

  /** z to mean 0 and variance 1 by the running moments, in place. */
  apply(z: Matrix): void {
    this.#backend.images.standardise(z, this.#mean, this.#variance);
  }

  /** The same by the moments of z itself, which join the running ones. */
  observe(z: Matrix): void {
    const backend = this.#backend;
    backend.images.columnMoments(this.#batchMean, this.#batchVariance, z);
    backend.images.standardise(z, this.#batchMean, this.#batchVariance);
    for (const [running, batch] of [
      [this.#mean, this.#batchMean],
      [this.#variance, this.#batchVariance],
    ] as const) {
      backend.descend(running, running, share);
      backend.descend(running, batch, -share);
    }
  }

  /** Gradient through the last {@link observe}, in place; z is what that made. */
  gradient(v: Matrix, z: Matrix): void {
    this.#backend.images.standardiseGradient(v, z, this.#batchVariance);
  }

  /** Without the parameters, which are the layer's. */
  dispose(): void {
    this.#backend.dispose(this.#batchMean, this.#batchVariance);
  }
}

/** Weight [inputs, D] and bias [D] that make of x what normalised sums and the bias made of it. */
export function foldMoments(
  weight: Float32Array,
  bias: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
): { readonly weight: Float32Array; readonly bias: Float32Array } {
  const factors = Float64Array.from(variance, (value) => 1 / Math.sqrt(value + leastVariance));
  const channels = bias.length;
  return {
    weight: weight.map((value, at) => value * (factors[at % channels] as number)),
    bias: bias.map((value, d) => value - (mean[d] as number) * (factors[d] as number)),
  };
}
