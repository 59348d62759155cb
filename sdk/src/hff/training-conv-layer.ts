/**
 * A convolutional layer in training: its first weights, batch normalisation, and its local update: from
 * the sphere through the auxiliary convolution, the grid, pooling and normalisation to the kernel.
 *
 *   Δ = (V − (u·V) u) / n,  ∂X = cellsᵀ Δ   (V = ∂L/∂u: `head-gradients.ts`)
 *
 * Legend: see `conv-layer.ts`.
 */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import { BatchNorm, foldMoments } from './batch-norm.ts';
import { ConvGradients } from './conv-gradients.ts';
import { ConvLayer } from './conv-layer.ts';
import { convShapes, unitSize } from './conv-shape.ts';
import type { LayerWeights } from './layer-kind.ts';
import type { ConvSpec } from './layer-spec.ts';
import type { Optimiser } from './optimiser.ts';
import type { Parameter } from './parameter.ts';
import { prototypeCount } from './prototypes.ts';
import { randomPrototypes } from './random-prototypes.ts';
import type { TrainingLayer, TrainingLayerKind } from './training-layer.ts';

export const trainingConvKind: TrainingLayerKind<ConvSpec> = {
  shapes: (spec) =>
    new Map([...convShapes(spec), ['mean', [spec.channels]], ['variance', [spec.channels]]]),
  /** He initialisation (He et al. 2015) and prototypes spread at random over the sphere. */
  initialWeights: (spec, random) => {
    const { inputs, kernel, channels, aux, prototypes } = spec;
    const seen = kernel * kernel * inputs.channels;
    return new Map([
      ['weight', random.normals(seen * channels, Math.sqrt(2 / seen))],
      ['bias', new Float32Array(channels)],
      ['aux', random.normals(channels * aux, Math.sqrt(1 / channels))],
      ['prototypes', randomPrototypes(prototypeCount(prototypes), unitSize(spec), random)],
      ['mean', new Float32Array(channels)],
      ['variance', new Float32Array(channels).fill(1)],
    ]);
  },
  fold: (weights) => {
    const { mean, variance, ...kept } = Object.fromEntries(weights);
    const { weight, bias } = kept;
    if (!mean || !variance || !weight || !bias) return weights;
    return new Map(Object.entries({ ...kept, ...foldMoments(weight, bias, mean, variance) }));
  },
  create: (...parts) => new TrainingConvLayer(...parts),
};

class TrainingConvLayer extends ConvLayer<TrainingBackend> implements TrainingLayer {
  override readonly parameters: readonly Parameter[];
  readonly #norm: BatchNorm | null;
  /** x ∗ W, normalised, [N · positions, D]. */
  readonly #sums: Matrix;
  #gradients: ConvGradients | undefined;

  constructor(
    backend: TrainingBackend,
    name: string,
    spec: ConvSpec,
    weights: LayerWeights,
    sharpness: number,
  ) {
    super(backend, name, spec, weights, sharpness, 'load');
    this.#norm = BatchNorm.of(backend, name, weights, spec.channels);
    this.#sums = backend.matrix(1, 1);
    const { weight, bias, aux, prototypes } = this;
    this.parameters = [weight, bias, aux, prototypes, ...(this.#norm?.parameters ?? [])];
  }

  override forward(x: Matrix): void {
    this.images.convolve(this.#sums, x, this.weight.value, this.convolution);
    this.#norm?.apply(this.#sums);
    this.images.biasRelu(this.activation, this.#sums, this.bias.value);
    this.pool();
  }

  observe(x: Matrix): void {
    this.images.convolve(this.#sums, x, this.weight.value, this.convolution);
    this.#norm?.observe(this.#sums);
    this.images.biasRelu(this.activation, this.#sums, this.bias.value);
    this.pool();
  }

  update(x: Matrix, scoreGradient: Float32Array, optimiser: Optimiser): void {
    const { backend, images, spec, unit, scores, cosines, offsets, sharpness } = this;
    this.#gradients ??= new ConvGradients(backend);
    const { head, auxiliary, aux, cells, pooled, bias, weight } = this.#gradients;
    const prototypes = this.prototypes.value;
    head.compute(scoreGradient, { unit, scores, cosines, prototypes, offsets, sharpness });
    backend.sphereGradient(auxiliary, unit, this.inverseNorm, head.unit, 'linear');
    images.reshape(auxiliary, this.cells.rows);
    backend.multiply(aux, this.cells, auxiliary, 'left');
    backend.multiply(cells, auxiliary, this.aux.value, 'right');
    images.averagePoolGradient(pooled, cells, this.pooled, spec.grid);
    const { activation } = this;
    images.maxPoolGradient(activation, this.output, pooled, this.map, spec.pool);
    images.reshape(activation, this.#sums.rows);
    backend.columnSums(bias, activation);
    this.#norm?.gradient(activation, this.#sums);
    images.convolveGradient(weight, x, activation, this.convolution);
    optimiser.descend(this.weight, weight);
    optimiser.descend(this.bias, bias);
    optimiser.descend(this.aux, aux);
    optimiser.descend(this.prototypes, head.prototypes);
  }

  override dispose(): void {
    this.#gradients?.dispose();
    this.#norm?.dispose();
    super.dispose();
    this.backend.dispose(this.#sums);
  }
}
