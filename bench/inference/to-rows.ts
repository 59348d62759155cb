/** Timings as rows of a table. */
import { withSpread } from '../statistics.ts';
import { ours } from './engine.ts';
import type { Timings } from './time-engines.ts';
import { limitNames, type WorkloadName } from './workloads.ts';

/** @param runtime in which they were taken */
export function toRows(
  runtime: string,
  name: WorkloadName,
  timings: Timings,
): Record<string, string>[] {
  return Object.entries(timings).flatMap(([inputs, engines]) =>
    Object.entries(engines).map(([engine, times]) => ({
      runtime,
      inputs,
      engine,
      'ms per sample': withSpread(times, 3),
      'times the limit': ratio(times, engines[limitNames[name]]),
      'times ours': ratio(times, engines[ours]),
    })),
  );
}

/** Of times to times of the same rounds. */
function ratio(times: readonly number[], base: readonly number[] | undefined): string {
  return base ? withSpread(times.map((time, round) => time / (base[round] as number))) : '–';
}
