/** The training entry, as a page uses it; the tests call this function in this page. */
import {
  addStatistics,
  beginTraining,
  loadModel,
  resumeTraining,
  type Snapshot,
} from '@hff-edge/sdk/training';
import { dataset, planOf } from '../short-training.ts';

interface Trained {
  /** Bytes of the checkpoint after the last epoch. */
  readonly checkpoint: number[];
  /** What the finished model makes of the first sample, and of a class it was taught. */
  readonly labels: readonly (string | null)[];
}

declare global {
  /** Stops after an epoch and goes on from the checkpoint. */
  var trainDigits: (pipeline: boolean) => Promise<Trained>;
}

globalThis.trainDigits = async (pipeline) => {
  const begun = await beginTraining(dataset, planOf([{ channels: 6 }, 20]), { pipeline });
  const stop = new AbortController();
  await begun.run({ signal: stop.signal, onEpoch: () => stop.abort() });
  const training = await resumeTraining(dataset, begun.checkpoint(), { pipeline });
  await training.run();
  const trained = await loadModel(training.best() as Snapshot);
  const model = await loadModel(await addStatistics(await trained.export('int8'), dataset));
  const known = dataset.inputs.subarray(0, 784);
  const fresh = Uint8Array.from({ length: 784 }, (_, i) => ((i >> 2) % 2) * 255);
  await model.learn(fresh, 'stripes');
  const labels = [await model.classify(known), await model.classify(fresh)];
  return { checkpoint: [...training.checkpoint()], labels: labels.map(({ label }) => label) };
};
