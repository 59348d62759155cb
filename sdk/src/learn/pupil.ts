/** A model as what teaches it knows it. */
import type { Backend } from '../backend/backend.ts';
import type { Snapshot } from '../format/snapshot.ts';
import type { Network } from '../hff/network.ts';
import type { ModelEventDetails } from '../model-events.ts';
import type { ModelParts } from '../model-parts.ts';
import type { Readout } from '../readout.ts';

export interface Pupil {
  readonly backend: Backend;
  /** Layers and statistics as they are now: others after an adaptation. */
  snapshot(): Snapshot;
  network(): Network;
  /** @throws Error once the model is disposed */
  checkAlive(): void;
  /** What is known has changed: the next decision is that of another readout. */
  decideBy(next: () => Readout): void;
  /** Exchanges layers, head and statistics; cannot fail. */
  exchange(parts: ModelParts): void;
  emit<Name extends keyof ModelEventDetails>(name: Name, detail: ModelEventDetails[Name]): void;
}
