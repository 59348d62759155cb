/** The small model with what it learned, as files. */
import { readSnapshot, type Snapshot } from '../../sdk/src/format/snapshot.ts';
import type { Storage } from '../../sdk/src/format/stored-weights.ts';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { fingerprint } from '../../sdk/src/learn/fingerprint.ts';
import { tinyChanges } from './tiny-changes.ts';
import { learner } from './tiny-snapshot.ts';

/** Classes of the base; the tests of hostile bytes want to see that these are names like others. */
const oddLabels: readonly string[] = ['__proto__', 'constructor', 'ü'];

/** The model that is to learn, as it is stored. */
export function oddLearner(storage: Storage): Snapshot {
  const snapshot = { ...learner, spec: { ...learner.spec, labels: oddLabels } };
  return readSnapshot(writeSnapshot(snapshot, storage));
}

/** What was learned on it, as a file of changes. */
export function learnedOn(snapshot: Snapshot): Uint8Array {
  const model = { fingerprint: fingerprint(snapshot), dimension: 14 };
  return writeChanges(tinyChanges(model, snapshot.spec.labels));
}
