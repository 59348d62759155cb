/** A workload timed in Node and in Chromium, as rows of a table. */
import { compileLimit } from './compile-limit.ts';
import { timeInChromium } from './time-in-chromium.ts';
import { timeInNode } from './time-in-node.ts';
import { toRows } from './to-rows.ts';
import type { WorkloadName } from './workloads.ts';

export async function inBothRuntimes(name: WorkloadName): Promise<Record<string, string>[]> {
  const limitModule = await compileLimit();
  const node = await timeInNode(name, limitModule);
  const chromium = await timeInChromium(name, limitModule);
  return [
    ...toRows(`Node ${process.versions.node}`, name, node),
    ...toRows(`Chromium ${chromium.version}`, name, chromium.timings),
  ];
}
