/** In workerd: a GraphModel's features as in Node, and a model trained on them classifies there. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { unstable_startWorker } from 'wrangler';
import {
  beginTraining,
  Model,
  type Snapshot,
  tfjsBackbone,
  tfjsBackend,
} from '../../sdk/src/tfjs.ts';
import { relativeError } from '../support/close.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { makeAssets } from '../worker/serve-digits.ts';
import type { WorkerAnswer } from './backbone-worker.ts';
import { digitArtifacts, digitGraph, digitInput } from './digit-graph.ts';
import { drawnDigits, imagesOf, shortPlan } from './digit-training.ts';

test('a backbone in a Worker', async () => {
  await startTfjsInNode();
  const backbone = await tfjsBackbone(await digitGraph(), { input: digitInput });
  const features = await backbone.embed(drawnDigits(300, 1));
  const training = await beginTraining(features, shortPlan(features, 4));
  await training.run();
  const model = new Model(await tfjsBackend(), training.best() as Snapshot);

  const answer = await askWorker(await model.export());
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

async function askWorker(model: Uint8Array): Promise<WorkerAnswer> {
  const assets = await makeAssets();
  await writeNet(join(assets, 'net'));
  const worker = await unstable_startWorker({
    config: fileURLToPath(new URL('../support/other-worker.toml', import.meta.url)),
    entrypoint: fileURLToPath(new URL('backbone-worker.ts', import.meta.url)),
    assets,
    // tfjs's Emscripten factory takes workerd for Node and asks for this name.
    build: { define: { __dirname: '""' } },
    dev: {
      server: { hostname: '127.0.0.1', port: 0 },
      persist: false,
      inspector: false,
      watch: false,
      logLevel: 'none',
    },
  });
  try {
    await worker.ready;
    const url = new URL('/v1', await worker.url);
    const response = await fetch(url, { method: 'POST', body: Buffer.from(model) });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as WorkerAnswer;
  } finally {
    await worker.dispose();
    await rm(assets, { recursive: true });
  }
}

/** As tfjs's converter leaves it: a topology, and the weights beside it. */
async function writeNet(folder: string): Promise<void> {
  const { weightData, weightSpecs, ...topology } = digitArtifacts();
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  await mkdir(folder);
  await writeFile(join(folder, 'model.json'), JSON.stringify({ ...topology, weightsManifest }));
  await writeFile(join(folder, 'weights.bin'), new Uint8Array(weightData));
}
