/**
 * One sample through 784-1000-1000-1000 with 10 classes, in Node and in Chromium: our engine, its
 * rivals, and the time of only reading the weights in WebAssembly, in rounds of one process.
 */
import { compileLimit } from './inference/compile-limit.ts';
import { ours } from './inference/engine.ts';
import { limitName, type Timings } from './inference/time-engines.ts';
import { timeInChromium } from './inference/time-in-chromium.ts';
import { timeInNode } from './inference/time-in-node.ts';
import { withSpread } from './statistics.ts';

export async function measureInference(): Promise<Record<string, string>[]> {
  const limitModule = await compileLimit();
  const node = await timeInNode(limitModule);
  const chromium = await timeInChromium(limitModule);
  return [
    ...toRows(`Node ${process.versions.node}`, node),
    ...toRows(`Chromium ${chromium.version}`, chromium.timings),
  ];
}

function toRows(runtime: string, timings: Timings): Record<string, string>[] {
  return Object.entries(timings).flatMap(([inputs, engines]) =>
    Object.entries(engines).map(([engine, times]) => ({
      runtime,
      inputs,
      engine,
      'ms per sample': withSpread(times, 3),
      'times the limit': ratio(times, engines[limitName]),
      'times ours': ratio(times, engines[ours]),
    })),
  );
}

/** Of times to times of the same rounds. */
function ratio(times: readonly number[], base: readonly number[] | undefined): string {
  return base ? withSpread(times.map((time, round) => time / (base[round] as number))) : '–';
}
