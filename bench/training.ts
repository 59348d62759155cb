/**
 * A training step of `hff train` on our engine and on tfjs (WebAssembly), in rounds of one process,
 * since the machine's speed drifts; and on ours the time of the step's matrix products alone: the
 * rest is activation, sphere, loss, optimiser, dropout, noise and gathering.
 */
import { nodeExtraKernels, nodeKernels } from '../sdk/src/backend/simd/node-kernels.ts';
import { SimdTrainingBackend } from '../sdk/src/backend/simd/simd-training-backend.ts';
import { TfjsBackend } from '../sdk/src/backend/tfjs/tfjs-backend.ts';
import { startTfjsInNode } from '../test/support/start-tfjs-node.ts';
import { onBackend } from './products/multiplier.ts';
import { stepProducts } from './products/step-products.ts';
import { timeCalls } from './products/time-in-rounds.ts';
import { median, withSpread } from './statistics.ts';
import { defaultPlan, prototypesPerClass } from './training/default-plan.ts';
import { classCount, randomImages } from './training/random-images.ts';
import { checkLosses, timeSteps } from './training/time-steps.ts';

const steps = 14;
const rounds = 5;

export async function measureTraining(): Promise<Record<string, string>[]> {
  await startTfjsInNode();
  const rows: Record<string, string>[] = [];
  for (const batchSize of [128, 256]) {
    for (const width of [500, 1000]) rows.push(await measureNet([width, width, width], batchSize));
  }
  return rows;
}

async function measureNet(units: number[], batchSize: number): Promise<Record<string, string>> {
  const dataset = randomImages(steps * batchSize + 1);
  // Of one sample: no time goes into holding back.
  const plan = defaultPlan(dataset, units, batchSize, 1e-6);
  const kernels = await nodeKernels();
  const extra = await nodeExtraKernels();
  const sizes = [784, ...units];
  const products = units.flatMap((width, i) =>
    stepProducts(batchSize, sizes[i] as number, width, classCount * prototypesPerClass),
  );
  const backend = new SimdTrainingBackend(kernels, extra);
  const multipliers = products.map((product) => onBackend(backend, product));
  const times = { ours: [] as number[], tfjs: [] as number[], products: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const ours = await timeSteps(new SimdTrainingBackend(kernels, extra), dataset, plan);
    const tfjs = await timeSteps(new TfjsBackend(), dataset, plan);
    checkLosses(ours.losses, tfjs.losses);
    const alone = multipliers.reduce((sum, product) => sum + timeCalls(product, steps), 0);
    if (round === 0) continue; // compiling and first allocations
    times.ours.push(ours.milliseconds);
    times.tfjs.push(tfjs.milliseconds);
    times.products.push(alone);
  }
  const operations = products.reduce((sum, product) => sum + product.operations, 0);
  const ratio = (a: number[], b: number[]) => withSpread(a.map((ms, i) => ms / (b[i] as number)));
  return {
    net: sizes.join('-'),
    batch: String(batchSize),
    'step, ms': withSpread(times.ours),
    'step on tfjs, ms': withSpread(times.tfjs),
    'tfjs / ours': ratio(times.tfjs, times.ours),
    'products, ms': withSpread(times.products),
    'products, rate': `${(operations / median(times.products) / 1e6).toFixed(1)} GFLOP/s`,
    'step / products': ratio(times.ours, times.products),
  };
}
