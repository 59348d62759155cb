/** What a model that was just made decides rightly, for its record. */
import { evaluateModel, HffError, loadModel, type TrainingRecord } from '../node.ts';
import { type DataOptions, loadData } from './load-data.ts';

/**
 * The training record with the accuracy of the model as it is stored on the test split; null where
 * that cannot be measured.
 * @param bytes of the model
 * @param source data set, or its path
 */
export async function testedRecord(
  bytes: Uint8Array,
  source: string,
  options: DataOptions,
): Promise<TrainingRecord | null> {
  const model = await loadModel(bytes);
  const { training } = model.spec;
  if (!training) return null;
  try {
    const dataset = await loadData(source, 'test', options);
    const { accuracy } = evaluateModel(model, dataset);
    return { ...training, testAccuracy: accuracy };
  } catch (error) {
    if (!(error instanceof HffError)) throw error;
    // A set without a test split is no fault.
    if (error.code !== 'data/not-found') {
      console.error(`hff: test split: ${error.message} [${error.code}]`);
    }
    return null;
  }
}
