/** Training on tfjs's active backend: alone, behind a backbone, and where there is none to use. */
import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { evaluateModel, loadModel } from '../../sdk/src/node.ts';
import type { EpochReport, Snapshot, Training } from '../../sdk/src/tfjs.ts';
import {
  beginTraining,
  Model,
  resumeTraining,
  tfjsBackbone,
  tfjsBackend,
} from '../../sdk/src/tfjs.ts';
import { relativeError } from '../support/close.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { digitGraph, digitInput } from './digit-graph.ts';
import { drawnDigits, shortPlan } from './digit-training.ts';

const wasm = 'hff-wasm';

beforeEach(async () => {
  await startTfjsInNode();
  await tf.setBackend(wasm);
});

async function losses(training: Training): Promise<number[]> {
  const reports: EpochReport[] = [];
  await training.run({ onEpoch: (report) => void reports.push(report) });
  return reports.flatMap(({ layers }) => layers.map(({ loss }) => loss));
}

describe('training', () => {
  it('runs on the backend that is active, with the same losses on each', async () => {
    const dataset = drawnDigits(200, 1);
    const onWasm = await losses(await beginTraining(dataset, shortPlan(dataset, 2)));
    await tf.setBackend('cpu');
    const training = await beginTraining(dataset, shortPlan(dataset, 2));
    const before = tf.memory().numTensors;
    const onCpu = await losses(training);
    expect(tf.memory().numTensors).toBe(before);
    expect(onCpu).toHaveLength(4);
    expect(relativeError(onCpu, onWasm)).toBeLessThan(1e-3);
    expect(onCpu[3]).toBeLessThan(onCpu[1] as number);
  });

  it('goes on from a checkpoint of another backend', async () => {
    const dataset = drawnDigits(100, 1);
    const begun = await beginTraining(dataset, shortPlan(dataset, 2));
    const stop = new AbortController();
    let checkpoint: Uint8Array = new Uint8Array();
    await begun.run({
      signal: stop.signal,
      onEpoch: () => {
        checkpoint = begun.checkpoint();
        stop.abort();
      },
    });
    await tf.setBackend('cpu');
    const resumed = await resumeTraining(dataset, checkpoint);
    expect(resumed.epochsDone).toBe(1);
    await resumed.run();
    expect(resumed.epochsDone).toBe(2);
  });
});

it('learns on the features of a backbone, and classifies images behind it', async () => {
  const graph = await digitGraph();
  const backbone = await tfjsBackbone(graph, { input: digitInput });
  const features = await backbone.embed(drawnDigits(600, 1));
  const training = await beginTraining(features, shortPlan(features, 8));
  await training.run();
  const model = await loadModel(training.best() as Snapshot);

  const test = await backbone.embed(drawnDigits(200, 2));
  expect(evaluateModel(model, test).accuracy).toBeGreaterThan(0.9);
  const image = { width: 28, height: 28, data: mnistDigit(7, 20_007) };
  const { label } = await model.classify(await backbone.features(image));
  expect(label).toBe('7');

  const onTfjs = new Model(await tfjsBackend(), training.best() as Snapshot);
  expect((await onTfjs.classify(await backbone.features(image))).label).toBe('7');
});

describe('the engine', () => {
  it('copies what is written and what is read, on a backend that shares its arrays', async () => {
    await tf.setBackend('cpu');
    const backend = await tfjsBackend();
    const matrix = backend.matrix(1, 2);
    const values = Float32Array.of(1, 2);
    backend.write(matrix, values, 1);
    values[0] = 9;
    const read = backend.read(matrix);
    expect([...read]).toEqual([1, 2]);
    read[1] = 9;
    expect([...backend.read(matrix)]).toEqual([1, 2]);
    backend.dispose(matrix);
  });

  it('is refused where no backend is left, which is why this test is the last', async () => {
    for (const name of Object.keys(tf.engine().registryFactory)) tf.removeBackend(name);
    await expect(tfjsBackend()).rejects.toMatchObject({
      code: 'backend/unavailable',
      message: expect.stringContaining('startTfjs'),
    });
  });
});
