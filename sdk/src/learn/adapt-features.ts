/** Features of many samples, with room for others in between. */
import type { Network } from '../hff/network.ts';
import type { Exemplar } from './exemplars.ts';

/** Lets the event loop run where it has waited long enough; throws where work is to end. */
export type Pause = () => Promise<void>;

/** Longest time in ms between two turns of the event loop, as far as it depends on pausing. */
const turnMilliseconds = 50;

/** @param check throws where work is to end */
export function pauseBy(check: () => void): Pause {
  let turnStarted = performance.now();
  return async () => {
    check();
    if (performance.now() - turnStarted < turnMilliseconds) return;
    await new Promise((resolve) => setTimeout(resolve));
    turnStarted = performance.now();
    check();
  };
}

/** One row [D] for each sample, bit by bit as learning sees it, which is one sample at a time. */
export async function featuresOf(
  network: Network,
  samples: readonly Exemplar[],
  pause: Pause,
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (const { sample } of samples) {
    rows.push(network.features(sample, 1));
    await pause();
  }
  return rows;
}
