/** This project's HTTP Worker, whose model comes from its static assets and from KV. */
import { join } from 'node:path';
import { bundleWorker, projectSettings, type WorkerBundle } from './bundle-worker.ts';
import { label, readDefaultModel, sample } from './sample.ts';
import { serveFiles } from './serve-files.ts';
import type { Subjects } from './subject.ts';
import { type Start, timeFirstRequest } from './time-start.ts';
import { noLabel } from './workers/answer.ts';
import { writeConfig } from './write-config.ts';

const classifyPath = '/v1/models/digits/classify';

export async function apiSubjects(folder: string): Promise<Subjects> {
  const [reader, api] = await Promise.all([
    bundleWorker(new URL('workers/reader.ts', import.meta.url), join(folder, 'reader')),
    bundleWorker(
      new URL('../../worker/src/index.ts', import.meta.url),
      join(folder, 'worker'),
      projectSettings,
    ),
  ]);
  const assets = new Map([['/models/digits.safetensors', await readDefaultModel()]]);
  const seeded = new Map(assets);
  await timeServed(api, seeded, label);
  return {
    control: {
      name: 'reading the file',
      time: () => timeServed(reader, new Map(assets), noLabel),
    },
    workers: [
      { name: 'HTTP Worker, KV seeded', time: () => timeServed(api, seeded, label) },
      { name: 'HTTP Worker, KV empty', time: () => timeServed(api, new Map(assets), label) },
    ],
  };
}

/** @param files assets and KV's entries; the Worker may add to them */
async function timeServed(
  bundle: WorkerBundle,
  files: Map<string, Uint8Array>,
  expected: string,
): Promise<Start> {
  const { address, close } = await serveFiles(files);
  try {
    const bindings = { kv: { MODELS: address }, services: { ASSETS: address } };
    const config = await writeConfig(bundle, 'served', bindings);
    return await timeFirstRequest(config, classifyPath, sample, expected);
  } finally {
    await close();
  }
}
