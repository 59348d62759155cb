/**
 * A convolutional layer without its decision: y = maxpool(ReLU(norm(x ∗ W) + b)).
 *
 *   ∂z = [largest of its window, > 0] ⊙ ∂y,  ∂b = Σ ∂z,  ∂W = patchesᵀ norm′(∂z),
 *   ∂x = norm′(∂z) ∗ W turned by 180°, inputs and outputs exchanged
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { Convolution, ImageShape } from '../../sdk/src/backend/image-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { BatchNorm } from '../../sdk/src/hff/batch-norm.ts';
import { convolutionOf, convShapes, mapOf } from '../../sdk/src/hff/conv-shape.ts';
import type { LayerWeights } from '../../sdk/src/hff/layer-kind.ts';
import type { ConvSpec } from '../../sdk/src/hff/layer-spec.ts';
import { loadParameters } from '../../sdk/src/hff/load-parameters.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import type { Trunk } from './trunk.ts';
import { turnKernel } from './turn-kernel.ts';

export class ConvTrunk implements Trunk {
  readonly parameters: readonly Parameter[];
  readonly output: Matrix;
  readonly #backend: TrainingBackend;
  readonly #spec: ConvSpec;
  readonly #convolution: Convolution;
  readonly #map: ImageShape;
  readonly #weight: Parameter;
  readonly #bias: Parameter;
  readonly #norm: BatchNorm;
  /** x ∗ W, normalised, [N · positions, D]. */
  readonly #sums: Matrix;
  readonly #activation: Matrix;
  readonly #turned: Matrix;
  readonly #weightGradient: Matrix;
  readonly #biasGradient: Matrix;

  /**
   * @param weights with the moments of a batch normalisation
   * @throws TypeError for a convolution that has no gradient by its input here
   */
  constructor(backend: TrainingBackend, name: string, spec: ConvSpec, weights: LayerWeights) {
    const { kernel, stride, padding } = spec;
    if (stride !== 1 || 2 * padding !== kernel - 1) {
      throw new TypeError(
        `${name}: expected a convolution of stride 1 that keeps the image's size.`,
      );
    }
    const all = convShapes(spec);
    const shapes = new Map(['weight', 'bias'].map((key) => [key, all.get(key) ?? []]));
    const parameters = loadParameters(backend, name, weights, shapes, 'load');
    this.#backend = backend;
    this.#spec = spec;
    this.#convolution = convolutionOf(spec);
    this.#map = mapOf(spec);
    this.#weight = parameters.get('weight') as Parameter;
    this.#bias = parameters.get('bias') as Parameter;
    this.#norm = BatchNorm.of(backend, name, weights, spec.channels) as BatchNorm;
    this.parameters = [...parameters.values(), ...this.#norm.parameters];
    this.output = backend.matrix(1, 1);
    this.#sums = backend.matrix(1, 1);
    this.#activation = backend.matrix(1, 1);
    this.#turned = backend.matrix(1, 1);
    this.#weightGradient = backend.matrix(1, 1);
    this.#biasGradient = backend.matrix(1, 1);
  }

  forward(x: Matrix): void {
    this.#backend.images.convolve(this.#sums, x, this.#weight.value, this.#convolution);
    this.#norm.apply(this.#sums);
    this.#finish();
  }

  observe(x: Matrix): void {
    this.#backend.images.convolve(this.#sums, x, this.#weight.value, this.#convolution);
    this.#norm.observe(this.#sums);
    this.#finish();
  }

  backward(x: Matrix, gradient: Matrix, optimiser: Optimiser, below?: Matrix): void {
    const { images } = this.#backend;
    const [sums, activation] = [this.#sums, this.#activation];
    images.maxPoolGradient(activation, this.output, gradient, this.#map, this.#spec.pool);
    images.reshape(activation, sums.rows);
    this.#backend.columnSums(this.#biasGradient, activation);
    this.#norm.gradient(activation, sums);
    images.convolveGradient(this.#weightGradient, x, activation, this.#convolution);
    if (below) this.#convolveBack(below, activation);
    optimiser.descend(this.#weight, this.#weightGradient);
    optimiser.descend(this.#bias, this.#biasGradient);
  }

  dispose(): void {
    this.#norm.dispose();
    this.#backend.dispose(
      ...this.parameters.map(({ value }) => value),
      this.output,
      this.#sums,
      this.#activation,
      this.#turned,
      this.#weightGradient,
      this.#biasGradient,
    );
  }

  #finish(): void {
    const { images } = this.#backend;
    images.biasRelu(this.#activation, this.#sums, this.#bias.value);
    images.maxPool(this.output, this.#activation, this.#map, this.#spec.pool);
  }

  #convolveBack(below: Matrix, gradient: Matrix): void {
    const backend = this.#backend;
    const { kernel, channels, inputs } = this.#spec;
    const turned = turnKernel(backend.read(this.#weight.value), kernel ** 2, channels);
    backend.write(this.#turned, turned, kernel ** 2 * channels);
    const back = { ...this.#convolution, image: this.#map };
    backend.images.convolve(below, gradient, this.#turned, back);
    backend.images.reshape(
      below,
      (below.rows * below.columns) / (inputs.width * inputs.height * inputs.channels),
    );
  }
}
