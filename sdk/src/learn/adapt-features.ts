/** Features of many samples, with room for others in between. */
import { type InputSpec, inputSize } from '../data/input-spec.ts';
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

const batchSize = 128;

/** One row [D] for each sample. */
export async function featuresOf(
  network: Network,
  samples: readonly Exemplar[],
  input: InputSpec,
  pause: Pause,
): Promise<Float32Array[]> {
  const [size, dimension] = [inputSize(input), network.featureSize];
  const rows: Float32Array[] = [];
  for (let start = 0; start < samples.length; start += batchSize) {
    const batch = samples.slice(start, start + batchSize);
    const inputs = new Float32Array(batch.length * size);
    batch.forEach(({ sample }, i) => {
      inputs.set(sample, i * size);
    });
    const features = network.features(inputs, batch.length);
    batch.forEach((_, i) => {
      rows.push(features.slice(i * dimension, (i + 1) * dimension));
    });
    await pause();
  }
  return rows;
}
