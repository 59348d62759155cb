/** What a model decides with, made in its engine from a snapshot and checked. */
import type { Backend } from './backend/backend.ts';
import { checkNumbers } from './check-numbers.ts';
import { HffError } from './error.ts';
import type { Snapshot } from './format/snapshot.ts';
import { headOf } from './format/statistics-tensors.ts';
import { Network } from './hff/network.ts';
import { Readout } from './readout.ts';

export interface ModelParts {
  readonly snapshot: Snapshot;
  readonly network: Network;
  /**
   * Null for models without statistics, which decide by their prototypes, and without base classes, which
   * decide by what they learned.
   */
  readonly readout: Readout | null;
}

/** @throws HffError `snapshot/not-finite`, `snapshot/inconsistent`, `backend/memory` */
export function modelParts(backend: Backend, snapshot: Snapshot): ModelParts {
  const network = new Network(backend, snapshot.spec.network, snapshot.weights);
  try {
    checkNumbers(backend, network);
    const { labels, statistics } = snapshot.spec;
    const readout =
      statistics && labels.length > 0 ? baseReadout(backend, snapshot, network) : null;
    return { snapshot, network, readout };
  } catch (cause) {
    network.dispose();
    throw cause;
  }
}

function baseReadout(backend: Backend, { spec, weights }: Snapshot, network: Network): Readout {
  const head = headOf(spec, weights);
  const readout = new Readout(backend, head, network.featureSize);
  const finite = readout.isFinite;
  if (finite && head.deviations.every((deviation) => deviation > 0)) return readout;
  readout.dispose();
  throw new HffError(
    finite ? 'snapshot/inconsistent' : 'snapshot/not-finite',
    'head: expected finite numbers, deviations above 0. The model is damaged.',
  );
}
