/**
 * A stack of layers. The same pass classifies and, when labels are there, updates each layer by its
 * own local loss before the next layer sees the activation it hands on.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import { type ClassScores, classScores } from './class-scores.ts';
import type { Layer } from './layer.ts';
import { kindOf } from './layer-kinds.ts';
import type { LayerSpec } from './layer-spec.ts';
import { cosineGradient, type MarginLossOptions, marginLoss } from './margin-loss.ts';
import { dropoutMask } from './noise.ts';
import type { Optimiser, Parameter } from './optimiser.ts';
import { Random } from './random.ts';

/** The shape of a network and how its scores become a decision; stored with its weights. */
export interface NetworkSpec {
  readonly layers: readonly LayerSpec[];
  /** β of the class scores, > 0. */
  readonly sharpness: number;
  /** γ: probabilities are softmax(γ · mean score of the voting layers). */
  readonly scale: number;
  /** Indices of the layers whose scores are averaged for the decision. */
  readonly voters: readonly number[];
}

/** Numbers of all parameters, by name (`layers.0.weight`). */
export type NetworkWeights = ReadonlyMap<string, Float32Array>;

export interface UpdateOptions {
  readonly loss: MarginLossOptions;
  readonly optimiser: Optimiser;
  /** Share of each handed-on activation that is zeroed, in [0, 1). */
  readonly dropout: number;
  /** Draws the dropout masks. */
  readonly random: Random;
}

/** What one layer made of one batch while it learned. */
export interface LayerReport {
  readonly loss: number;
  readonly correct: number;
}

export class Network {
  readonly spec: NetworkSpec;
  readonly layers: readonly Layer[];
  readonly #backend: Backend;
  readonly #input: Matrix;
  readonly #mask: Matrix;
  readonly #masked: Matrix;

  constructor(backend: Backend, spec: NetworkSpec, weights: NetworkWeights) {
    this.spec = spec;
    this.#backend = backend;
    this.layers = spec.layers.map((layer, index) => {
      const kind = kindOf(layer);
      const name = `layers.${index}`;
      const own = [...kind.shapes(layer).keys()].map((key): [string, Float32Array] => [
        key,
        weights.get(`${name}.${key}`) as Float32Array,
      ]);
      return kind.create(backend, name, layer, new Map(own));
    });
    this.#input = backend.matrix(1, 1);
    this.#mask = backend.matrix(1, 1);
    this.#masked = backend.matrix(1, 1);
  }

  get parameters(): Parameter[] {
    return this.layers.flatMap((layer) => layer.parameters);
  }

  /** A copy of all weights. */
  weights(): Map<string, Float32Array> {
    return new Map(this.parameters.map(({ name, value }) => [name, this.#backend.read(value)]));
  }

  /**
   * Class scores of each layer, [N, C] each, in layer order.
   * @param samples standardised inputs, [N, D_in] row by row
   * @param rows N
   */
  forward(samples: Float32Array, rows: number): Float32Array[] {
    this.#backend.write(this.#input, samples, rows);
    let x = this.#input;
    return this.layers.map((layer) => {
      layer.forward(x);
      x = layer.output;
      return this.#scores(layer).scores;
    });
  }

  /** Mean score of the voting layers, [N, C]; the decision is its largest entry. */
  vote(layerScores: readonly Float32Array[]): Float32Array {
    const { voters } = this.spec;
    const votes = new Float32Array(layerScores[0]?.length ?? 0);
    for (const voter of voters) {
      layerScores[voter]?.forEach((score, i) => {
        votes[i] = (votes[i] as number) + score / voters.length;
      });
    }
    return votes;
  }

  /** Forward pass that teaches each layer on the way; reports each layer's loss before its update. */
  update(samples: Float32Array, labels: ArrayLike<number>, options: UpdateOptions): LayerReport[] {
    const { loss: lossOptions, optimiser, dropout, random } = options;
    this.#backend.write(this.#input, samples, labels.length);
    let x = this.#input;
    return this.layers.map((layer, index) => {
      layer.forward(x);
      const { scores, responsibilities } = this.#scores(layer);
      const { loss, correct, gradient } = marginLoss(scores, labels, lossOptions);
      layer.update(x, cosineGradient(gradient, responsibilities, layer.offsets), optimiser);
      const last = index === this.layers.length - 1;
      x = last || dropout === 0 ? layer.output : this.#drop(layer.output, dropout, random);
      return { loss, correct };
    });
  }

  dispose(): void {
    for (const layer of this.layers) layer.dispose();
    this.#backend.dispose(this.#input, this.#mask, this.#masked);
  }

  #scores(layer: Layer): ClassScores {
    return classScores(this.#backend.read(layer.cosines), layer.offsets, this.spec.sharpness);
  }

  #drop(x: Matrix, share: number, random: Random): Matrix {
    this.#backend.write(this.#mask, dropoutMask(x.rows * x.columns, share, random), x.rows);
    this.#backend.hadamard(this.#masked, x, this.#mask);
    return this.#masked;
  }
}

/** Fresh weights for `spec`: the same seed gives the same numbers. */
export function initialWeights(spec: NetworkSpec, seed: number): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  spec.layers.forEach((layer, index) => {
    for (const [key, values] of kindOf(layer).initialWeights(layer, new Random(seed, index))) {
      weights.set(`layers.${index}.${key}`, values);
    }
  });
  return weights;
}
