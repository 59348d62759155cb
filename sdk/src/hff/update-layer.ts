/** One layer learns from one batch, by its own loss. */
import type { Matrix } from '../backend/backend.ts';
import type { TrainingBackend } from '../backend/training-backend.ts';
import { type MarginLossOptions, marginLoss } from './margin-loss.ts';
import type { Optimiser } from './optimiser.ts';
import type { TrainingLayer } from './training-layer.ts';

/** What one layer made of one batch while it learned. */
export interface LayerReport {
  /** Before the update. */
  readonly loss: number;
  readonly correct: number;
}

/**
 * Afterwards the layer's output is what it made of `x` before the update.
 * @param labels true class of each sample
 */
export function updateLayer(
  backend: TrainingBackend,
  layer: TrainingLayer,
  x: Matrix,
  labels: ArrayLike<number>,
  { loss: options, optimiser }: { readonly loss: MarginLossOptions; readonly optimiser: Optimiser },
): LayerReport {
  layer.observe(x);
  layer.project();
  layer.compare();
  const { loss, correct, gradient } = marginLoss(backend.read(layer.scores), labels, options);
  layer.update(x, gradient, optimiser);
  return { loss, correct };
}
