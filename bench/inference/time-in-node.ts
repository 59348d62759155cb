/** The engines in Node. */
import { startTfjsInNode } from '../../test/support/start-tfjs-node.ts';
import { compileKernels } from '../compile-kernels.ts';
import { type Timings, timeEngines } from './time-engines.ts';
import type { WorkloadName } from './workloads.ts';

/** @param limitModule read-limit.ts, compiled */
export async function timeInNode(
  name: WorkloadName,
  limitModule: Uint8Array<ArrayBuffer>,
): Promise<Timings> {
  await startTfjsInNode();
  return timeEngines(name, {
    kernels: await compileKernels('kernels'),
    relaxedKernels: await compileKernels('kernels-relaxed'),
    extraKernels: await compileKernels('extra'),
    limitModule,
  });
}
