/** One layer that learns on a thread of its own: its numbers, its optimiser, and what it hands on. */
import type { Matrix } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import { Dropout } from '../hff/dropout.ts';
import type { LayerSpec } from '../hff/layer-spec.ts';
import { Adam } from '../hff/optimiser.ts';
import { Random } from '../hff/random.ts';
import type { TrainingLayer } from '../hff/training-layer.ts';
import { trainingKindOf } from '../hff/training-layer-kinds.ts';
import { type LayerReport, updateLayer } from '../hff/update-layer.ts';
import {
  dropoutStream,
  type LayersStart,
  type LayersState,
  type LearningBatch,
  type LearningOptions,
} from './learning-layers.ts';

/** What a layer begins with; all of it can be sent to another thread. */
export interface LayerStart {
  /** In the network, from 0. */
  readonly index: number;
  /** Whether it hands nothing on. */
  readonly isLast: boolean;
  readonly spec: LayerSpec;
  /** β of the class scores. */
  readonly sharpness: number;
  /** At least its own numbers. */
  readonly numbers: LayersStart;
  readonly options: LearningOptions;
}

/** [N, D] as it goes from layer to layer, for whoever takes it over; null behind the last one. */
export type HandedOn = Float32Array<ArrayBuffer> | null;

export class LayerTrainer {
  readonly #backend: TrainingBackend;
  readonly #layer: TrainingLayer;
  readonly #optimiser: Adam;
  readonly #dropout: Dropout;
  readonly #input: Matrix;
  readonly #start: LayerStart;

  /** @throws HffError `backend/memory` */
  constructor(backend: TrainingBackend, start: LayerStart) {
    const { index, spec, sharpness, numbers, options } = start;
    const kind = trainingKindOf(spec);
    const name = `layers.${index}`;
    const weights = [...kind.shapes(spec).keys()].map(
      (key) => [key, numbers.weights.get(`${name}.${key}`) as Numbers] as const,
    );
    this.#backend = backend;
    this.#layer = kind.create(backend, name, spec, new Map(weights), sharpness);
    this.#optimiser = new Adam(backend, options.adam);
    this.#dropout = new Dropout(backend);
    this.#input = backend.matrix(1, 1);
    this.#start = start;
    for (const [key, matrix] of this.#moments()) {
      const moments = numbers.moments.get(key);
      if (moments) backend.write(matrix, moments, matrix.rows);
    }
  }

  /** As `LearningLayers.learn`, for this layer: its report, and what the next one learns from. */
  learn({ inputs, labels, step, rateFactor }: LearningBatch): [LayerReport, HandedOn] {
    const { index, isLast, options } = this.#start;
    const { loss, dropout, seed } = options;
    this.#backend.write(this.#input, inputs, labels.length);
    const optimiser = this.#optimiser;
    optimiser.begin(step, rateFactor);
    const report = updateLayer(this.#backend, this.#layer, this.#input, labels, {
      loss,
      optimiser,
    });
    const { output } = this.#layer;
    if (dropout === 0 || isLast) return [report, this.#handOn(output)];
    const random = new Random(...dropoutStream(seed, step), index);
    return [report, this.#handOn(this.#dropout.drop(output, dropout, random))];
  }

  /** Scores [N, C], and what the next layer sees. */
  classify(inputs: Float32Array, rows: number): [Float32Array, HandedOn] {
    this.#backend.write(this.#input, inputs, rows);
    this.#layer.forward(this.#input);
    this.#layer.project();
    this.#layer.compare();
    return [this.#backend.read(this.#layer.scores), this.#handOn(this.#layer.output)];
  }

  state(): LayersState {
    const read = ([name, matrix]: readonly [string, Matrix]) =>
      [name, this.#backend.read(matrix)] as const;
    const weights = this.#layer.parameters.map(({ name, value }) => read([name, value]));
    return { weights: new Map(weights), moments: new Map([...this.#moments()].map(read)) };
  }

  #moments(): Map<string, Matrix> {
    return this.#optimiser.state(this.#layer.parameters);
  }

  #handOn(output: Matrix): HandedOn {
    return this.#start.isLast ? null : (this.#backend.read(output) as HandedOn);
  }
}
