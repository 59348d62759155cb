/**
 * One classification by Hinton's Forward-Forward algorithm, which takes a pass for each class, against
 * one by HFF, which takes one: the same kernels, 784-2000-2000-2000-2000 for both, float32.
 */
import { nodeExtraKernels, nodeKernels } from '../sdk/src/backend/simd/node-kernels.ts';
import { SimdTrainingBackend } from '../sdk/src/backend/simd/simd-training-backend.ts';
import { initialWeights } from '../sdk/src/hff/initial-weights.ts';
import type { DenseSpec } from '../sdk/src/hff/layer-spec.ts';
import { Network, type NetworkSpec } from '../sdk/src/hff/network.ts';
import { Random } from '../sdk/src/hff/random.ts';
import { relativeError } from '../test/support/close.ts';
import type { GoodnessWeights } from './forward-forward/goodness-net.ts';
import { type LabelPasses, labelPasses } from './forward-forward/label-passes.ts';
import { timeInRounds } from './forward-forward/time-in-rounds.ts';
import { withSpread } from './statistics.ts';

const inputs = 784;
const units = [2000, 2000, 2000, 2000];
/** By HFF all layers but the first decide, and by Forward-Forward their goodness counts. */
const voters = [1, 2, 3];
/**
 * Classes, samples at a time, engines and rounds on each. The weights are larger than the cache, so that
 * it matters where memory puts them: that of each engine is another place.
 */
const cases = [
  [10, 1, 5, 7],
  [50, 1, 5, 5],
  [100, 1, 5, 5],
  [1000, 1, 3, 3],
  [10, 128, 3, 3],
  [50, 128, 2, 2],
  [100, 128, 2, 2],
  [1000, 128, 1, 2],
] as const;
/** Largest difference of the two ways of Forward-Forward. */
const tolerance = 1e-4;

export async function measureForwardForward(): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const [classes, batch, engines, rounds] of cases) {
    console.log(`${classes} classes, ${batch} at a time`);
    rows.push(await measureCase(classes, batch, engines, rounds));
  }
  return rows;
}

async function measureCase(
  classes: number,
  batch: number,
  engines: number,
  rounds: number,
): Promise<Record<string, string>> {
  const samples = new Random(2).normals(batch * inputs, 1);
  const hffWeights = initialWeights(specOf(classes), 1);
  const labelledWeights = forwardForwardWeights(classes);
  const times = { hff: [] as number[], oneByOne: [] as number[], shared: [] as number[] };
  for (let made = 0; made < engines; made++) {
    const network = new Network(await engine(), specOf(classes), hffWeights);
    const shape = { inputs, classes, units, labelValue: 1 };
    const passes = labelPasses(await engine(), shape, labelledWeights);
    checkAlike(passes, samples.subarray(0, inputs));
    const measured = timeInRounds(
      {
        hff: () => network.votes(samples, batch),
        oneByOne: () => passes.oneByOne(samples, batch),
        shared: () => passes.shared(samples, batch),
      },
      rounds,
    );
    times.hff.push(...measured.hff);
    times.oneByOne.push(...measured.oneByOne);
    times.shared.push(...measured.shared);
    network.dispose();
    passes.dispose();
  }
  const perSample = (ms: readonly number[]) =>
    withSpread(
      ms.map((time) => time / batch),
      3,
    );
  const ratio = (ms: readonly number[]) =>
    withSpread(ms.map((time, round) => time / (times.hff[round] as number)));
  const counts = countOperations(classes);
  return {
    classes: String(classes),
    batch: String(batch),
    'HFF, ms a sample': perSample(times.hff),
    'FF one by one, ms': perSample(times.oneByOne),
    'FF shared, ms': perSample(times.shared),
    'one by one / HFF': ratio(times.oneByOne),
    'shared / HFF': ratio(times.shared),
    'HFF, million multiply-adds': (counts.hff / 1e6).toFixed(2),
    'one by one / HFF, counted': (counts.oneByOne / counts.hff).toFixed(2),
    'shared / HFF, counted': (counts.shared / counts.hff).toFixed(2),
    rounds: `${engines} × ${rounds}`,
  };
}

async function engine(): Promise<SimdTrainingBackend> {
  return new SimdTrainingBackend(await nodeKernels(), await nodeExtraKernels());
}

function specOf(classes: number): NetworkSpec {
  const prototypes = new Array<number>(classes).fill(1);
  const layers = units.map(
    (width, i): DenseSpec => ({
      type: 'dense',
      inputs: units[i - 1] ?? inputs,
      units: width,
      prototypes,
    }),
  );
  return { layers, sharpness: 30, scale: 20, voters };
}

function forwardForwardWeights(classes: number): GoodnessWeights {
  const weights = new Map<string, Float32Array>();
  units.forEach((width, index) => {
    const seen = units[index - 1] ?? inputs + classes;
    const random = new Random(1, index);
    weights.set(`layers.${index}.weight`, random.normals(seen * width, Math.sqrt(2 / seen)));
    weights.set(`layers.${index}.bias`, new Float32Array(width));
  });
  return weights;
}

/** @throws Error when the two ways of Forward-Forward do not agree */
function checkAlike({ oneByOne, shared }: LabelPasses, sample: Float32Array): void {
  const error = relativeError(shared(sample, 1), oneByOne(sample, 1));
  if (error <= tolerance) return;
  throw new Error(`Expected the same goodness within ${tolerance}, got ${error}.`);
}

/** Multiply-adds of one sample's matrix products. */
function countOperations(classes: number): Record<'hff' | 'oneByOne' | 'shared', number> {
  const [first, ...others] = units as [number, ...number[]];
  const above = others.reduce((sum, width, i) => sum + width * (units[i] as number), 0);
  const compared = voters.reduce((sum, voter) => sum + classes * (units[voter] as number), 0);
  return {
    hff: inputs * first + above + compared,
    oneByOne: classes * ((inputs + classes) * first + above),
    shared: inputs * first + classes * above,
  };
}
