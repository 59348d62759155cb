/**
 * Plain local cross-entropy: HFF's network and its order of updates, with a linear classifier for each
 * layer in the place of sphere and prototypes. What it does not reach is what these are worth.
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { marginLoss } from '../../sdk/src/hff/margin-loss.ts';
import { meanScores, type NetworkSpec } from '../../sdk/src/hff/network.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import type { UpdateOptions } from '../../sdk/src/hff/training-network.ts';
import type { LayerReport } from '../../sdk/src/hff/update-layer.ts';
import { type Baseline, crossEntropy } from './baseline.ts';
import type { BaselineWeights } from './baseline-weights.ts';
import type { Head } from './head.ts';
import { createHead, createTrunk } from './layer-parts.ts';
import type { Trunk } from './trunk.ts';

export class LocalCrossEntropy implements Baseline {
  readonly layers: readonly number[];
  readonly #backend: TrainingBackend;
  readonly #voters: readonly number[];
  readonly #parts: readonly { readonly trunk: Trunk; readonly head: Head }[];
  readonly #input: Matrix;
  readonly #scoreGradient: Matrix;
  readonly #gradient: Matrix;

  constructor(backend: TrainingBackend, spec: NetworkSpec, weights: BaselineWeights) {
    this.#backend = backend;
    this.#voters = spec.voters;
    this.layers = [...spec.layers.keys()];
    this.#parts = spec.layers.map((layer, index) => ({
      trunk: createTrunk(backend, index, layer, weights),
      head: createHead(backend, index, layer, weights),
    }));
    this.#input = backend.matrix(1, 1);
    this.#scoreGradient = backend.matrix(1, 1);
    this.#gradient = backend.matrix(1, 1);
  }

  get parameters(): Parameter[] {
    return this.#parts.flatMap(({ trunk, head }) => [...trunk.parameters, ...head.parameters]);
  }

  forward(samples: Float32Array, rows: number): Float32Array[] {
    const backend = this.#backend;
    backend.write(this.#input, samples, rows);
    let x = this.#input;
    return this.#parts.map(({ trunk, head }) => {
      trunk.forward(x);
      head.forward(trunk.output);
      x = trunk.output;
      return backend.read(head.scores);
    });
  }

  vote(layerScores: readonly Float32Array[]): Float32Array {
    return meanScores(this.#voters.map((voter) => layerScores[voter] as Float32Array));
  }

  /** Without dropout. */
  update(
    samples: Float32Array,
    labels: ArrayLike<number>,
    { optimiser }: Pick<UpdateOptions, 'optimiser'>,
  ): LayerReport[] {
    const backend = this.#backend;
    backend.write(this.#input, samples, labels.length);
    let x = this.#input;
    return this.#parts.map(({ trunk, head }) => {
      trunk.observe(x);
      head.forward(trunk.output);
      const scores = backend.read(head.scores);
      const { loss, correct, gradient } = marginLoss(scores, labels, crossEntropy);
      backend.write(this.#scoreGradient, gradient, labels.length);
      head.backward(trunk.output, this.#scoreGradient, optimiser, this.#gradient);
      trunk.backward(x, this.#gradient, optimiser);
      x = trunk.output;
      return { loss, correct };
    });
  }

  dispose(): void {
    for (const { trunk, head } of this.#parts) {
      trunk.dispose();
      head.dispose();
    }
    this.#backend.dispose(this.#input, this.#scoreGradient, this.#gradient);
  }
}
