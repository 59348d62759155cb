/** In workerd: a GraphModel's features as in Node, and a model trained on them classifies there. */
import { expect, test } from 'vitest';
import {
  beginTraining,
  Model,
  type Snapshot,
  tfjsBackbone,
  tfjsBackend,
} from '../../sdk/src/tfjs.ts';
import { relativeError } from '../support/close.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import type { WorkerAnswer } from './backbone-worker.ts';
import { digitGraph, digitInput } from './digit-graph.ts';
import { drawnDigits, imagesOf, shortPlan } from './digit-training.ts';
import { runInWorker } from './run-in-worker.ts';

test('a backbone in a Worker', async () => {
  await startTfjsInNode();
  const backbone = await tfjsBackbone(await digitGraph(), { input: digitInput });
  const features = await backbone.embed(drawnDigits(300, 1));
  const training = await beginTraining(features, shortPlan(features, 4));
  await training.run();
  const model = new Model(await tfjsBackend(), training.best() as Snapshot);

  const answer = (await runInWorker('backbone-worker.ts', await model.export())) as WorkerAnswer;
  const test = drawnDigits(50, 2);
  const expected = await backbone.featuresBatch(imagesOf(test));
  expected.forEach((row, i) => {
    expect(relativeError(answer.features[i] as number[], row)).toBeLessThan(1e-5);
  });
  const labels = (await model.classifyBatch(expected)).map(({ label }) => label);
  expect(answer.labels).toEqual(labels);
  const right = labels.filter((label, i) => Number(label) === test.labels[i]).length;
  expect(right).toBeGreaterThan(40);
  const [first, last] = answer.tensors;
  expect(first).toBeGreaterThan(0);
  expect(last).toBe(first);
});
