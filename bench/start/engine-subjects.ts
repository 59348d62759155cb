/** Tiny Workers that have the default model's bytes at hand, on our engine and on tfjs. */
import { join } from 'node:path';
import { bundleWorker } from './bundle-worker.ts';
import { exportDefaultModel, label, sample } from './sample.ts';
import type { Subjects } from './subject.ts';
import { timeStart } from './time-start.ts';
import { noLabel } from './workers/answer.ts';
import { writeConfig } from './write-config.ts';

export async function engineSubjects(folder: string): Promise<Subjects> {
  const [bare, simd, warm, tfjs] = await Promise.all([
    bundleWorker(new URL('workers/bare.ts', import.meta.url), join(folder, 'bare')),
    bundleWorker(new URL('workers/simd.ts', import.meta.url), join(folder, 'simd')),
    bundleWorker(new URL('workers/simd-warm.ts', import.meta.url), join(folder, 'simd-warm')),
    bundleWorker(new URL('workers/tfjs.ts', import.meta.url), join(folder, 'tfjs')),
  ]);
  const int8 = { data: { MODEL: await exportDefaultModel('int8') } };
  const float16 = { data: { MODEL: await exportDefaultModel('float16') } };
  const subject = (name: string, config: string, expected = label) => ({
    name,
    time: () => timeStart(config, sample, expected),
  });
  return {
    control: subject('no engine', await writeConfig(bare, 'int8', int8), noLabel),
    workers: [
      subject('hff-edge, int8', await writeConfig(simd, 'int8', int8)),
      subject('hff-edge, int8, warmed up', await writeConfig(warm, 'int8', int8)),
      subject('hff-edge, float16', await writeConfig(simd, 'float16', float16)),
      subject('tfjs-wasm, int8', await writeConfig(tfjs, 'int8', int8)),
      subject('tfjs-wasm, float16', await writeConfig(tfjs, 'float16', float16)),
    ],
  };
}
