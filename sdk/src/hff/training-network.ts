/**
 * A network in training: one forward pass in which each layer is updated by its own local loss before
 * the next layer sees the activation it hands on.
 */
import type { TrainingBackend } from '../backend/training-backend.ts';
import { Dropout } from './dropout.ts';
import type { MarginLossOptions } from './margin-loss.ts';
import { Network, type NetworkSpec, type NetworkWeights } from './network.ts';
import type { Optimiser } from './optimiser.ts';
import { Random } from './random.ts';
import type { TrainingLayer } from './training-layer.ts';
import { trainingKindOf } from './training-layer-kinds.ts';
import { type LayerReport, updateLayer } from './update-layer.ts';

export interface UpdateOptions {
  readonly loss: MarginLossOptions;
  readonly optimiser: Optimiser;
  /** Share of each handed-on activation that is zeroed, in [0, 1). */
  readonly dropout: number;
  /** Names the random stream of the dropout masks; each layer's index is added to it. */
  readonly stream: readonly number[];
}

export class TrainingNetwork extends Network<TrainingBackend> {
  declare readonly layers: readonly TrainingLayer[];
  #dropout: Dropout | undefined;

  /** @throws HffError `backend/memory` */
  constructor(backend: TrainingBackend, spec: NetworkSpec, weights: NetworkWeights) {
    super(backend, spec, weights, trainingKindOf);
  }

  /** Forward pass that teaches each layer on the way. */
  update(samples: Float32Array, labels: ArrayLike<number>, options: UpdateOptions): LayerReport[] {
    const { dropout, stream } = options;
    const { backend, layers } = this;
    backend.write(this.input, samples, labels.length);
    let x = this.input;
    return layers.map((layer, index) => {
      const report = updateLayer(backend, layer, x, labels, options);
      x = layer.output;
      if (dropout > 0 && index < layers.length - 1) {
        this.#dropout ??= new Dropout(backend);
        x = this.#dropout.drop(x, dropout, new Random(...stream, index));
      }
      return report;
    });
  }

  /** A copy of all weights. */
  weights(): Map<string, Float32Array> {
    return new Map(this.parameters.map(({ name, value }) => [name, this.backend.read(value)]));
  }

  override dispose(): void {
    this.#dropout?.dispose();
    super.dispose();
  }
}
