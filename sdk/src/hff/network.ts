/**
 * A stack of layers. The same pass classifies and, when labels are there, updates each layer by its
 * own local loss before the next layer sees the activation it hands on.
 */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import type { Layer } from './layer.ts';
import { kindOf } from './layer-kinds.ts';
import type { LayerSpec } from './layer-spec.ts';
import { type MarginLossOptions, marginLoss } from './margin-loss.ts';
import { dropoutMask } from './noise.ts';
import type { Optimiser, Parameter } from './optimiser.ts';
import { Random } from './random.ts';

/** The shape of a network and how its scores become a decision; stored with its weights. */
export interface NetworkSpec {
  readonly layers: readonly LayerSpec[];
  /** β of the class scores, 1e-3 to 1e6. */
  readonly sharpness: number;
  /** γ: probabilities are softmax(γ · mean score of the voting layers); 1e-3 to 1e6. */
  readonly scale: number;
  /** Indices of the layers whose scores are averaged for the decision. */
  readonly voters: readonly number[];
}

/** Numbers of all parameters, by name (`layers.0.weight`). */
export type NetworkWeights = ReadonlyMap<string, Numbers>;

export interface NetworkUse {
  /** Whether weights stay as they are; see `LayerUse`. */
  readonly frozen: boolean;
}

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

  /** @throws HffError `backend/memory` */
  constructor(
    backend: Backend,
    spec: NetworkSpec,
    weights: NetworkWeights,
    { frozen }: NetworkUse,
  ) {
    this.spec = spec;
    this.#backend = backend;
    this.#input = backend.matrix(1, 1);
    this.#mask = backend.matrix(1, 1);
    this.#masked = backend.matrix(1, 1);
    const layers: Layer[] = [];
    this.layers = layers;
    try {
      for (const [index, layer] of spec.layers.entries()) {
        const kind = kindOf(layer);
        const name = `layers.${index}`;
        const own = [...kind.shapes(layer).keys()].map((key): [string, Numbers] => [
          key,
          weights.get(`${name}.${key}`) as Numbers,
        ]);
        const use = { frozen, sharpness: spec.sharpness };
        layers.push(kind.create(backend, name, layer, new Map(own), use));
      }
    } catch (cause) {
      this.dispose();
      throw cause;
    }
  }

  /** All that an update moves. */
  get parameters(): Parameter[] {
    return this.layers.flatMap((layer) => layer.parameters);
  }

  /** A copy of all weights. */
  weights(): Map<string, Numbers> {
    const weights = new Map<string, Numbers>();
    for (const { tensors } of this.layers) {
      for (const [name, matrix] of tensors) weights.set(name, this.#backend.numbers(matrix));
    }
    return weights;
  }

  /**
   * Class scores of each layer, [N, C] each, in layer order.
   * @param samples standardised inputs, [N, D_in] row by row
   * @param rows N
   */
  forward(samples: Float32Array, rows: number): Float32Array[] {
    const { layers } = this;
    return this.#scoresOf(
      samples,
      rows,
      layers.map((_, index) => index),
    );
  }

  /** Mean score of the voting layers, [N, C]: all that a decision needs. */
  votes(samples: Float32Array, rows: number): Float32Array {
    return mean(this.#scoresOf(samples, rows, this.spec.voters));
  }

  /** The same from the scores that {@link forward} gave; the decision is the largest entry. */
  vote(layerScores: readonly Float32Array[]): Float32Array {
    return mean(this.spec.voters.map((voter) => layerScores[voter] as Float32Array));
  }

  /** D of {@link features}. */
  get featureSize(): number {
    return featureSize(this.spec.layers);
  }

  /**
   * Unit features of all layers side by side, [N, D].
   * @param samples standardised inputs, [N, D_in] row by row
   * @param rows N
   */
  features(samples: Float32Array, rows: number): Float32Array {
    this.#backend.write(this.#input, samples, rows);
    const size = this.featureSize;
    const features = new Float32Array(rows * size);
    let x = this.#input;
    let start = 0;
    for (const layer of this.layers) {
      layer.forward(x);
      x = layer.output;
      const unit = this.#backend.read(layer.unit);
      const width = unit.length / rows;
      for (let row = 0; row < rows; row++) {
        features.set(unit.subarray(row * width, (row + 1) * width), row * size + start);
      }
      start += width;
    }
    return features;
  }

  /** Forward pass that teaches each layer on the way; reports each layer's loss before its update. */
  update(samples: Float32Array, labels: ArrayLike<number>, options: UpdateOptions): LayerReport[] {
    const { loss: lossOptions, optimiser, dropout, random } = options;
    this.#backend.write(this.#input, samples, labels.length);
    let x = this.#input;
    return this.layers.map((layer, index) => {
      layer.forward(x);
      layer.compare();
      const scores = this.#backend.read(layer.scores);
      const { loss, correct, gradient } = marginLoss(scores, labels, lossOptions);
      layer.update(x, gradient, optimiser);
      const last = index === this.layers.length - 1;
      x = last || dropout === 0 ? layer.output : this.#drop(layer.output, dropout, random);
      return { loss, correct };
    });
  }

  dispose(): void {
    for (const layer of this.layers) layer.dispose();
    this.#backend.dispose(this.#input, this.#mask, this.#masked);
  }

  /** Class scores of some layers, in the order of `wanted`. */
  #scoresOf(samples: Float32Array, rows: number, wanted: readonly number[]): Float32Array[] {
    this.#backend.write(this.#input, samples, rows);
    const scores: Float32Array[] = [];
    let x = this.#input;
    for (let index = 0; index <= Math.max(...wanted); index++) {
      const layer = this.layers[index] as Layer;
      layer.forward(x);
      x = layer.output;
      const place = wanted.indexOf(index);
      if (place < 0) continue;
      layer.compare();
      scores[place] = this.#backend.read(layer.scores);
    }
    return scores;
  }

  #drop(x: Matrix, share: number, random: Random): Matrix {
    this.#backend.write(this.#mask, dropoutMask(x.rows * x.columns, share, random), x.rows);
    this.#backend.hadamard(this.#masked, x, this.#mask);
    return this.#masked;
  }
}

function mean(scores: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(scores[0]?.length ?? 0);
  for (const one of scores) {
    for (let i = 0; i < sum.length; i++) {
      sum[i] = (sum[i] as number) + (one[i] as number) / scores.length;
    }
  }
  return sum;
}

/** D, numbers of a sample's features: the units of all layers. */
export function featureSize(layers: readonly LayerSpec[]): number {
  return layers.reduce((sum, layer) => sum + kindOf(layer).outputSize(layer), 0);
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
