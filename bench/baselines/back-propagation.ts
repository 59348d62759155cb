/**
 * Back-propagation: HFF's network trained end to end, with the linear classifier of the last layer
 * alone.
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { LayerSpec } from '../../sdk/src/hff/layer-spec.ts';
import { marginLoss } from '../../sdk/src/hff/margin-loss.ts';
import type { NetworkSpec } from '../../sdk/src/hff/network.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import type { UpdateOptions } from '../../sdk/src/hff/training-network.ts';
import type { LayerReport } from '../../sdk/src/hff/update-layer.ts';
import { type Baseline, crossEntropy } from './baseline.ts';
import type { BaselineWeights } from './baseline-weights.ts';
import type { Head } from './head.ts';
import { createHead, createTrunk } from './layer-parts.ts';
import type { Trunk } from './trunk.ts';

export class BackPropagation implements Baseline {
  readonly layers: readonly number[];
  readonly #backend: TrainingBackend;
  readonly #trunks: readonly Trunk[];
  readonly #head: Head;
  readonly #input: Matrix;
  readonly #scoreGradient: Matrix;
  /** By the outputs of the trunks, two in turns. */
  readonly #gradients: readonly [Matrix, Matrix];

  constructor(backend: TrainingBackend, spec: NetworkSpec, weights: BaselineWeights) {
    const last = spec.layers.length - 1;
    this.#backend = backend;
    this.layers = [last];
    this.#trunks = spec.layers.map((layer, index) => createTrunk(backend, index, layer, weights));
    this.#head = createHead(backend, last, spec.layers[last] as LayerSpec, weights);
    this.#input = backend.matrix(1, 1);
    this.#scoreGradient = backend.matrix(1, 1);
    this.#gradients = [backend.matrix(1, 1), backend.matrix(1, 1)];
  }

  get parameters(): Parameter[] {
    return [...this.#trunks.flatMap(({ parameters }) => parameters), ...this.#head.parameters];
  }

  forward(samples: Float32Array, rows: number): Float32Array[] {
    this.#backend.write(this.#input, samples, rows);
    let x = this.#input;
    for (const trunk of this.#trunks) {
      trunk.forward(x);
      x = trunk.output;
    }
    this.#head.forward(x);
    return [this.#backend.read(this.#head.scores)];
  }

  vote([scores = new Float32Array()]: readonly Float32Array[]): Float32Array {
    return scores;
  }

  /** Without dropout. */
  update(
    samples: Float32Array,
    labels: ArrayLike<number>,
    { optimiser }: Pick<UpdateOptions, 'optimiser'>,
  ): LayerReport[] {
    const backend = this.#backend;
    const inputs = [this.#input, ...this.#trunks.map(({ output }) => output)];
    backend.write(this.#input, samples, labels.length);
    this.#trunks.forEach((trunk, index) => {
      trunk.observe(inputs[index] as Matrix);
    });
    const last = inputs.at(-1) as Matrix;
    this.#head.forward(last);
    const scores = backend.read(this.#head.scores);
    const { loss, correct, gradient } = marginLoss(scores, labels, crossEntropy);
    backend.write(this.#scoreGradient, gradient, labels.length);
    let [above, below] = this.#gradients;
    this.#head.backward(last, this.#scoreGradient, optimiser, above);
    for (let index = this.#trunks.length - 1; index >= 0; index--) {
      const wanted = index > 0 ? below : undefined;
      this.#trunks[index]?.backward(inputs[index] as Matrix, above, optimiser, wanted);
      [above, below] = [below, above];
    }
    return [{ loss, correct }];
  }

  dispose(): void {
    for (const trunk of this.#trunks) trunk.dispose();
    this.#head.dispose();
    this.#backend.dispose(this.#input, this.#scoreGradient, ...this.#gradients);
  }
}
