/**
 * A network in training: one forward pass in which each layer is updated by its own local loss before
 * the next layer sees the activation it hands on.
 */
import type { TrainingBackend } from '../backend/training-backend.ts';
import { Dropout } from './dropout.ts';
import { type MarginLossOptions, marginLoss } from './margin-loss.ts';
import { Network, type NetworkSpec, type NetworkWeights } from './network.ts';
import type { Optimiser } from './optimiser.ts';
import type { Random } from './random.ts';
import type { TrainingLayer } from './training-layer.ts';
import { trainingKindOf } from './training-layer-kinds.ts';

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

export class TrainingNetwork extends Network<TrainingBackend> {
  declare readonly layers: readonly TrainingLayer[];
  #dropout: Dropout | undefined;

  /** @throws HffError `backend/memory` */
  constructor(backend: TrainingBackend, spec: NetworkSpec, weights: NetworkWeights) {
    super(backend, spec, weights, trainingKindOf);
  }

  /** Forward pass that teaches each layer on the way; reports each layer's loss before its update. */
  update(samples: Float32Array, labels: ArrayLike<number>, options: UpdateOptions): LayerReport[] {
    const { loss: lossOptions, optimiser, dropout, random } = options;
    const { backend, layers } = this;
    backend.write(this.input, samples, labels.length);
    let x = this.input;
    return layers.map((layer, index) => {
      layer.observe(x);
      layer.project();
      layer.compare();
      const scores = backend.read(layer.scores);
      const { loss, correct, gradient } = marginLoss(scores, labels, lossOptions);
      layer.update(x, gradient, optimiser);
      x = layer.output;
      if (dropout > 0 && index < layers.length - 1) {
        this.#dropout ??= new Dropout(backend);
        x = this.#dropout.drop(x, dropout, random);
      }
      return { loss, correct };
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
