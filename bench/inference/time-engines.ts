/** Checks and times engines and their limit, in whatever runtime this is loaded. */

import { checkVotes } from './check-votes.ts';
import type { Engine } from './engine.ts';
import { readingLimit } from './limit.ts';
import type { SampleNetwork } from './sample-network.ts';
import { sampleKinds } from './samples.ts';
import { timeInTurns } from './time-in-turns.ts';

/** Milliseconds per sample, round by round, by kind of sample and name of engine or limit. */
export type Timings = Record<string, Record<string, number[]>>;

export const limitName = 'reading the weights';

/** How many samples of each kind are checked against float64, which is slow. */
const checkedSamples = 4;

/** @param limitModule read-limit.ts, compiled */
export async function timeEngines(
  engines: readonly Engine[],
  snapshot: SampleNetwork,
  limitModule: BufferSource,
): Promise<Timings> {
  const limit = await readingLimit(limitModule, snapshot.weights);
  const rivals = Object.fromEntries(engines.map(({ name, classify }) => [name, classify]));
  const timings: Timings = {};
  for (const [kind, samplesFor] of Object.entries(sampleKinds)) {
    const samples = samplesFor(snapshot.spec.input);
    await checkVotes(engines, snapshot, samples.slice(0, checkedSamples));
    timings[kind] = await timeInTurns({ [limitName]: limit, ...rivals }, samples);
  }
  return timings;
}
