/**
 * The forward pass of a Forward-Forward network for classification only, on frozen weights and the
 * kernels that HFF classifies with.
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';

/** Numbers by parameter name (`layers.0.weight`). */
export type GoodnessWeights = ReadonlyMap<string, Float32Array>;

interface GoodnessLayer {
  readonly units: number;
  readonly weight: Matrix;
  readonly bias: Matrix;
}

export class GoodnessNet {
  readonly #backend: TrainingBackend;
  readonly #layers: readonly GoodnessLayer[];
  readonly #activation: Matrix;
  readonly #unit: Matrix;
  readonly #inverseNorm: Matrix;
  readonly #output: Matrix;

  /** @param units of each layer */
  constructor(backend: TrainingBackend, units: readonly number[], weights: GoodnessWeights) {
    this.#backend = backend;
    this.#layers = units.map((width, index) => {
      const weight = weights.get(`layers.${index}.weight`) as Float32Array;
      const bias = weights.get(`layers.${index}.bias`) as Float32Array;
      return {
        units: width,
        weight: backend.freeze(weight, weight.length / width, width),
        bias: backend.load(bias, 1, width),
      };
    });
    this.#activation = backend.matrix(1, 1);
    this.#unit = backend.matrix(1, 1);
    this.#inverseNorm = backend.matrix(1, 1);
    this.#output = backend.matrix(1, 1);
  }

  /** @returns goodness of a pass, summed over all layers but the first, [N] */
  pass(x: Matrix): Float32Array {
    const [first] = this.#layers as [GoodnessLayer];
    this.#backend.affineRelu(this.#activation, x, first.weight, first.bias);
    return this.passFrom(this.#activation);
  }

  /** The same from the first layer's activation, [N, D]. */
  passFrom(activation: Matrix): Float32Array {
    const backend = this.#backend;
    const sum = new Float32Array(activation.rows);
    let a = activation;
    for (const [index, { units, weight, bias }] of this.#layers.entries()) {
      if (index > 0) {
        backend.affineRelu(this.#activation, this.#output, weight, bias);
        a = this.#activation;
      }
      backend.project(this.#unit, this.#inverseNorm, a);
      if (index > 0) addGoodness(sum, backend.read(this.#inverseNorm), units);
      // Nothing comes after the last layer.
      if (index < this.#layers.length - 1) {
        backend.scale(this.#output, this.#unit, Math.sqrt(units));
      }
    }
    return sum;
  }

  dispose(): void {
    for (const { weight, bias } of this.#layers) this.#backend.dispose(weight, bias);
    this.#backend.dispose(this.#activation, this.#unit, this.#inverseNorm, this.#output);
  }
}

/** sum += ‖a‖² / D, row by row. */
function addGoodness(sum: Float32Array, inverseNorm: Float32Array, units: number): void {
  inverseNorm.forEach((inverse, row) => {
    if (inverse > 0) sum[row] = (sum[row] as number) + 1 / (inverse * inverse * units);
  });
}
