/** Layers that learn on this thread, one after the other. */
import type { TrainingBackend } from '../backend/training-backend.ts';
import { Adam } from '../hff/optimiser.ts';
import { TrainingNetwork } from '../hff/training-network.ts';
import {
  dropoutStream,
  type LayersState,
  type LearningBatch,
  type LearningLayers,
  type LearningOptions,
  type StartLayers,
} from './learning-layers.ts';

/** @throws HffError `backend/memory` from what it returns */
export function layersHere(backend: TrainingBackend): StartLayers {
  return (network, start, options) => {
    const layers = new TrainingNetwork(backend, network, start.weights);
    const optimiser = new Adam(backend, options.adam);
    for (const [name, matrix] of optimiser.state(layers.parameters)) {
      const moments = start.moments.get(name);
      if (moments) backend.write(matrix, moments, matrix.rows);
    }
    return new LayersHere(backend, layers, optimiser, options);
  };
}

class LayersHere implements LearningLayers {
  readonly #backend: TrainingBackend;
  readonly #network: TrainingNetwork;
  readonly #optimiser: Adam;
  readonly #options: LearningOptions;

  constructor(
    backend: TrainingBackend,
    network: TrainingNetwork,
    optimiser: Adam,
    options: LearningOptions,
  ) {
    this.#backend = backend;
    this.#network = network;
    this.#optimiser = optimiser;
    this.#options = options;
  }

  async learn(
    { inputs, labels, step, rateFactor }: LearningBatch,
    onLearned: Parameters<LearningLayers['learn']>[1],
  ): Promise<void> {
    const { loss, dropout, seed } = this.#options;
    const optimiser = this.#optimiser;
    optimiser.begin(step, rateFactor);
    const stream = dropoutStream(seed, step);
    onLearned(this.#network.update(inputs, labels, { loss, optimiser, dropout, stream }));
  }

  async classify(
    inputs: Float32Array,
    rows: number,
    onScores: Parameters<LearningLayers['classify']>[2],
  ): Promise<void> {
    onScores(this.#network.forward(inputs, rows));
  }

  async settle(): Promise<void> {}

  async state(): Promise<LayersState> {
    const matrices = this.#optimiser.state(this.#network.parameters);
    const moments = [...matrices].map(
      ([name, matrix]) => [name, this.#backend.read(matrix)] as const,
    );
    return { weights: this.#network.weights(), moments: new Map(moments) };
  }

  dispose(): void {
    this.#network.dispose();
    this.#optimiser.dispose();
  }
}
