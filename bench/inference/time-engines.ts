/** Checks and times engines and their limit, in whatever runtime this is loaded. */

import { checkVotes } from './check-votes.ts';
import { onnxEngine } from './onnx-engine.ts';
import { ownTime } from './own-time.ts';
import { simdEngines } from './simd-engine.ts';
import { timeInTurns } from './time-in-turns.ts';
import { limitNames, type Modules, type WorkloadName, workloads } from './workloads.ts';

/** Milliseconds per sample, round by round, by kind of sample and name of engine or limit. */
export type Timings = Record<string, Record<string, number[]>>;

/** How many batches of each kind are checked against float64, which is slow. */
const checkedBatches = 4;

/** To be called when tfjs has started. */
export async function timeEngines(name: WorkloadName, modules: Modules): Promise<Timings> {
  const { network, rows, batches, limit, tfjs } = await workloads[name](modules);
  const engines = [
    ...(await simdEngines(network, modules, rows)),
    tfjs(network, rows),
    await onnxEngine(network, rows),
  ];
  const rivals = Object.fromEntries(engines.map((engine) => [engine.name, engine.classify]));
  const timings: Timings = {};
  for (const [kind, samples] of Object.entries(batches)) {
    await checkVotes(engines, network, samples.slice(0, checkedBatches));
    const times = await timeInTurns({ [limitNames[name]]: limit, ...rivals }, samples, ownTime);
    timings[kind] = Object.fromEntries(
      Object.entries(times).map(([rival, ofBatch]) => [rival, ofBatch.map((ms) => ms / rows)]),
    );
  }
  return timings;
}
