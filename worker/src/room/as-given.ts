/** Bytes that a caller hands in: that they are damaged is the caller's fault, not the server's. */
import { HffError, loadModel } from '@hff-edge/sdk/worker';
import { Problem } from '../http/problem.ts';

/** @throws Problem `request/bytes` where the bytes are no sound ones */
export async function asGiven<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof HffError) || !/^(snapshot|learn)\//.test(error.code)) throw error;
    if (error.code === 'learn/foreign' || error.code === 'learn/too-many') throw error;
    throw new Problem('request/bytes', error.message);
  }
}

/** Refuses what is no sound model, or could not be published, before anything is changed. */
export async function checkPublishable(bytes: Uint8Array): Promise<void> {
  const model = await loadModel(bytes);
  try {
    if ((await model.classes()).length > 0) await model.exportFrozen();
  } finally {
    model.dispose();
  }
}
