/**
 * Hinton's Forward-Forward algorithm (arXiv 2212.13345) on dense layers, supervised: the label is part
 * of the input, as a block of C numbers beside the pixels; negative samples have a wrong label, drawn
 * evenly; a class's score is the goodness of a pass with its label, summed over all layers but the first.
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { LayerWeights } from '../../sdk/src/hff/layer-kind.ts';
import type { DenseSpec } from '../../sdk/src/hff/layer-spec.ts';
import { meanScores } from '../../sdk/src/hff/network.ts';
import type { Parameter } from '../../sdk/src/hff/parameter.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import type { LayerReport } from '../../sdk/src/hff/update-layer.ts';
import type { Baseline } from './baseline.ts';
import { ForwardForwardLayer } from './forward-forward-layer.ts';
import { type GoodnessLossOptions, goodnessLoss } from './goodness-loss.ts';
import { withLabels } from './with-labels.ts';

export interface ForwardForwardOptions extends GoodnessLossOptions {
  /** What the label's place in its block holds; all others hold 0. */
  readonly labelValue: number;
}

export class ForwardForward implements Baseline {
  readonly layers: readonly number[];
  readonly #backend: TrainingBackend;
  readonly #options: ForwardForwardOptions;
  readonly #classes: number;
  readonly #parts: readonly ForwardForwardLayer[];
  readonly #input: Matrix;

  /** @param layers of HFF's network of the same units */
  constructor(
    backend: TrainingBackend,
    layers: readonly DenseSpec[],
    seed: number,
    options: ForwardForwardOptions,
  ) {
    this.#backend = backend;
    this.#options = options;
    this.#classes = layers[0]?.prototypes.length ?? 0;
    this.layers = [...layers.keys()];
    this.#parts = layers.map(({ inputs, units }, index) => {
      const labelled = index === 0 ? inputs + this.#classes : inputs;
      const weights = layerWeights(labelled, units, new Random(seed, index));
      return new ForwardForwardLayer(backend, `layers.${index}`, labelled, units, weights);
    });
    this.#input = backend.matrix(1, 1);
  }

  get parameters(): Parameter[] {
    return this.#parts.flatMap(({ parameters }) => parameters);
  }

  /** Goodness of a pass with each label, by layer, [N, C]. */
  forward(samples: Float32Array, rows: number): Float32Array[] {
    const classes = this.#classes;
    const scores = this.#parts.map(() => new Float32Array(rows * classes));
    for (let label = 0; label < classes; label++) {
      this.#write(samples, new Uint16Array(rows).fill(label));
      let x = this.#input;
      this.#parts.forEach((layer, index) => {
        layer.forward(x);
        x = layer.output;
        layer.goodness().forEach((value, row) => {
          (scores[index] as Float32Array)[row * classes + label] = value;
        });
      });
    }
    return scores;
  }

  vote(layerScores: readonly Float32Array[]): Float32Array {
    return meanScores(layerScores.length > 1 ? layerScores.slice(1) : layerScores);
  }

  /** Without dropout. A layer's `correct` counts samples with more goodness than their negative. */
  update(
    samples: Float32Array,
    labels: ArrayLike<number>,
    { optimiser, random }: Parameters<Baseline['update']>[2],
  ): LayerReport[] {
    const classes = this.#classes;
    const wrong = Array.from(
      labels,
      (label) => (label + 1 + random.integer(classes - 1)) % classes,
    );
    const both = new Float32Array(2 * samples.length);
    both.set(samples);
    both.set(samples, samples.length);
    this.#write(both, [...Array.from(labels), ...wrong]);
    let x = this.#input;
    return this.#parts.map((layer) => {
      layer.forward(x);
      const { loss, correct, gradient } = goodnessLoss(layer.goodness(), this.#options);
      layer.update(x, gradient, optimiser);
      x = layer.output;
      return { loss, correct };
    });
  }

  dispose(): void {
    for (const layer of this.#parts) layer.dispose();
    this.#backend.dispose(this.#input);
  }

  #write(samples: Float32Array, labels: ArrayLike<number>): void {
    const labelled = withLabels(samples, labels, this.#classes, this.#options.labelValue);
    this.#backend.write(this.#input, labelled, labels.length);
  }
}

/** He initialisation (He et al. 2015). */
function layerWeights(inputs: number, units: number, random: Random): LayerWeights {
  return new Map([
    ['weight', random.normals(inputs * units, Math.sqrt(2 / inputs))],
    ['bias', new Float32Array(units)],
  ]);
}
