/** A matrix of a layer that a snapshot stores and training moves. */
import type { Matrix } from '../backend/backend.ts';

export interface Parameter {
  /** Unique within the network: `layers.0.weight`. */
  readonly name: string;
  readonly value: Matrix;
  /** `sphere`: rows are unit vectors, moved within the tangent space and normalised again. */
  readonly geometry: 'flat' | 'sphere';
}
