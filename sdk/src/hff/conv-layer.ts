/**
 * A convolutional layer: convolution → ReLU → pooling, which goes on; and its own decision beside it:
 * means over a grid → auxiliary convolution of 1 × 1 → unit sphere → cosines to class prototypes.
 *
 *   y = maxpool(ReLU(x ∗ W + b)),  a = grid(y) X; the rest: `prototype-layer.ts`
 *
 * Batch normalisation is part of W and b. The auxiliary convolution X is linear, so that it can come
 * after the means, where it costs little.
 *
 * Legend: N samples, D channels, A auxiliary channels.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { Convolution, ImageBackend, ImageShape } from '../backend/image-backend.ts';
import { convolutionOf, convShapes, mapOf, pooledOf } from './conv-shape.ts';
import type { LayerWeights } from './layer-kind.ts';
import type { ConvSpec } from './layer-spec.ts';
import { loadParameters } from './load-parameters.ts';
import type { Parameter } from './parameter.ts';
import { PrototypeLayer } from './prototype-layer.ts';

/** @typeParam Engine what its backend can do, for what is built on it */
export class ConvLayer<Engine extends Backend = Backend> extends PrototypeLayer<ConvSpec, Engine> {
  protected readonly convolution: Convolution;
  protected readonly map: ImageShape;
  protected readonly pooled: ImageShape;
  protected readonly weight: Parameter;
  protected readonly bias: Parameter;
  protected readonly aux: Parameter;
  /** ReLU(x ∗ W + b), [N · positions, D]. */
  protected readonly activation: Matrix;
  /** Means over the grid, [N · grid², D]. */
  protected readonly cells: Matrix;
  /** a, [N, grid² · A]. */
  readonly #auxiliary: Matrix;

  /** @param keep how the engine keeps the weight: frozen, unless it is to be trained */
  constructor(
    backend: Engine,
    name: string,
    spec: ConvSpec,
    weights: LayerWeights,
    sharpness: number,
    keep: 'freeze' | 'load' = 'freeze',
  ) {
    const parameters = loadParameters(backend, name, weights, convShapes(spec), keep);
    super(backend, spec, parameters, sharpness);
    this.convolution = convolutionOf(spec);
    this.map = mapOf(spec);
    this.pooled = pooledOf(spec);
    this.weight = parameters.get('weight') as Parameter;
    this.bias = parameters.get('bias') as Parameter;
    this.aux = parameters.get('aux') as Parameter;
    this.activation = backend.matrix(1, 1);
    this.cells = backend.matrix(1, 1);
    this.#auxiliary = backend.matrix(1, 1);
  }

  protected get images(): NonNullable<Engine['images']> & ImageBackend {
    return this.backend.images as NonNullable<Engine['images']> & ImageBackend;
  }

  forward(x: Matrix): void {
    const { weight, bias, convolution } = this;
    this.images.convolveRelu(this.activation, x, weight.value, bias.value, convolution);
    this.pool();
  }

  /** From the activation to the output. */
  protected pool(): void {
    this.images.maxPool(this.output, this.activation, this.map, this.spec.pool);
  }

  project(): void {
    const { backend, images, output } = this;
    images.averagePool(this.cells, output, this.pooled, this.spec.grid);
    backend.multiply(this.#auxiliary, this.cells, this.aux.value);
    images.reshape(this.#auxiliary, output.rows);
    backend.project(this.unit, this.inverseNorm, this.#auxiliary);
  }

  override dispose(): void {
    super.dispose();
    this.backend.dispose(this.activation, this.cells, this.#auxiliary);
  }
}
