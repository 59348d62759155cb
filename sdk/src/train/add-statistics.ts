/** Head and statistics for a model that was trained: on the samples that its training saw. */
import type { Backend } from '../backend/backend.ts';
import type { SymmetricBackend } from '../backend/symmetric.ts';
import { checkDataset } from '../data/check-dataset.ts';
import type { Dataset } from '../data/dataset.ts';
import type { TrainingRecord } from '../format/model-spec.ts';
import { readSnapshot, type Snapshot } from '../format/snapshot.ts';
import { alignLabels } from './align-labels.ts';
import { splitHoldout } from './holdout.ts';
import { measureStatistics } from './measure-statistics.ts';

/**
 * @param symmetric of the same engine
 * @param bytes of the model
 * @param dataset the samples that it was trained on; the part held back then calibrates it now
 * @param onProgress hears the share of samples that are done, 0 to 1
 * @throws HffError `snapshot/…`, `data/labels` for a class without samples, `input/…`
 */
export async function statisticsOn(
  backend: Backend,
  symmetric: SymmetricBackend,
  bytes: Uint8Array,
  dataset: Dataset,
  onProgress?: (share: number) => void,
): Promise<Snapshot> {
  checkDataset(dataset);
  const snapshot = readSnapshot(bytes);
  const { labels, input, training } = snapshot.spec;
  const aligned = alignLabels(dataset, labels, input);
  const share = training?.holdoutShare ?? 0.05;
  const { training: seen, holdout } = splitHoldout(aligned, share, training?.seed ?? 1);
  const untested = {
    ...snapshot,
    spec: { ...snapshot.spec, training: training && untestedOf(training) },
  };
  return measureStatistics(backend, symmetric, untested, seen, holdout, onProgress);
}

/** With statistics a model decides otherwise than it was tested. */
function untestedOf({ testAccuracy: _, ...record }: TrainingRecord): TrainingRecord {
  return record;
}
