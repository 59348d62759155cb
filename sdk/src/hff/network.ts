/** A stack of layers that classifies: a forward pass, and what it makes of features and scores. */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import type { Layer } from './layer.ts';
import type { LayerFactory } from './layer-kind.ts';
import { kindOf } from './layer-kinds.ts';
import type { LayerSpec } from './layer-spec.ts';
import type { Parameter } from './parameter.ts';

/** The shape of a network and how its scores become a decision; stored with its weights. */
export interface NetworkSpec {
  readonly layers: readonly LayerSpec[];
  /** β of the class scores, 1e-3 to 1e6. */
  readonly sharpness: number;
  /** γ: probabilities are softmax(γ · mean score of the voting layers); 1e-3 to 1e6. */
  readonly scale: number;
  /** Indices of the layers whose scores are averaged for the decision. */
  readonly voters: readonly number[];
  /** Indices of the layers whose units are a sample's features, ascending; all by default. */
  readonly features?: readonly number[];
}

/** Numbers of all parameters, by name (`layers.0.weight`). */
export type NetworkWeights = ReadonlyMap<string, Numbers>;

/** @typeParam Engine what its backend can do, for what is built on it */
export class Network<Engine extends Backend = Backend> {
  readonly spec: NetworkSpec;
  readonly layers: readonly Layer[];
  protected readonly backend: Engine;
  protected readonly input: Matrix;

  /**
   * @param factoryOf creates the layers: frozen ones, unless they are to be trained
   * @throws HffError `backend/memory`
   */
  constructor(
    backend: Engine,
    spec: NetworkSpec,
    weights: NetworkWeights,
    factoryOf: (layer: LayerSpec) => LayerFactory<LayerSpec, Layer, Engine> = kindOf,
  ) {
    this.spec = spec;
    this.backend = backend;
    this.input = backend.matrix(1, 1);
    const layers: Layer[] = [];
    this.layers = layers;
    try {
      for (const [index, layer] of spec.layers.entries()) {
        const name = `layers.${index}`;
        const factory = factoryOf(layer);
        const own = [...factory.shapes(layer).keys()].map((key): [string, Numbers] => [
          key,
          weights.get(`${name}.${key}`) as Numbers,
        ]);
        layers.push(factory.create(backend, name, layer, new Map(own), spec.sharpness));
      }
    } catch (cause) {
      // Not that of a network in training, which has nothing of its own yet.
      Network.prototype.dispose.call(this);
      throw cause;
    }
  }

  /** All that a snapshot stores, in its order. */
  get parameters(): Parameter[] {
    return this.layers.flatMap(({ parameters }) => parameters);
  }

  /**
   * Class scores of the layers that are wanted, [N, C] each, in that order.
   * @param samples standardised inputs, [N, D_in] row by row
   * @param rows N
   * @param wanted indices of layers; all in their order by default
   */
  forward(
    samples: Float32Array,
    rows: number,
    wanted: readonly number[] = [...this.layers.keys()],
  ): Float32Array[] {
    this.backend.write(this.input, samples, rows);
    const scores: Float32Array[] = [];
    let x = this.input;
    for (let index = 0; index <= Math.max(...wanted); index++) {
      const layer = this.layers[index] as Layer;
      layer.forward(x);
      x = layer.output;
      const place = wanted.indexOf(index);
      if (place < 0) continue;
      layer.project();
      layer.compare();
      scores[place] = this.backend.read(layer.scores);
    }
    return scores;
  }

  /** Mean score of the voting layers, [N, C]: all that a decision needs. */
  votes(samples: Float32Array, rows: number): Float32Array {
    return meanScores(this.forward(samples, rows, this.spec.voters));
  }

  /** The same from the scores that {@link forward} gave of all layers; the decision is the largest. */
  vote(layerScores: readonly Float32Array[]): Float32Array {
    return meanScores(this.spec.voters.map((voter) => layerScores[voter] as Float32Array));
  }

  /** D of {@link features}. */
  get featureSize(): number {
    return featureSize(this.spec);
  }

  /**
   * Unit features of the layers that the spec names, side by side, [N, D].
   * @param samples standardised inputs, [N, D_in] row by row
   * @param rows N
   */
  features(samples: Float32Array, rows: number): Float32Array {
    this.backend.write(this.input, samples, rows);
    const size = this.featureSize;
    const features = new Float32Array(rows * size);
    let x = this.input;
    let start = 0;
    const wanted = featureLayers(this.spec);
    for (const [index, layer] of this.layers.entries()) {
      layer.forward(x);
      x = layer.output;
      if (!wanted.includes(index)) continue;
      layer.project();
      const unit = this.backend.read(layer.unit);
      const width = unit.length / rows;
      for (let row = 0; row < rows; row++) {
        features.set(unit.subarray(row * width, (row + 1) * width), row * size + start);
      }
      start += width;
    }
    return features;
  }

  dispose(): void {
    for (const layer of this.layers) layer.dispose();
    this.backend.dispose(this.input);
  }
}

/** [N, C], of as many. */
export function meanScores(scores: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(scores[0]?.length ?? 0);
  for (const one of scores) {
    for (let i = 0; i < sum.length; i++) {
      sum[i] = (sum[i] as number) + (one[i] as number) / scores.length;
    }
  }
  return sum;
}

/** D, numbers of a sample's features. */
export function featureSize(spec: NetworkSpec): number {
  return featureLayers(spec).reduce((sum, index) => {
    const layer = spec.layers[index] as LayerSpec;
    return sum + kindOf(layer).unitSize(layer);
  }, 0);
}

/** Indices of the layers whose units are the features, ascending. */
export function featureLayers({ layers, features }: NetworkSpec): readonly number[] {
  return features ?? layers.map((_, index) => index);
}
