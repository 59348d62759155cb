/**
 * The matrix products of a training step, one by one: our engine against tfjs (XNNPACK), in rounds of
 * one process. Two rates of tfjs:
 *  - fresh: through its backend with new factors each time, as in training, so they are packed anew;
 *  - warm: the same arithmetic on factors whose packed form is cached, with nothing to transpose: its
 *    best rate, which no training reaches.
 */
import { SimdBackend } from '../sdk/src/backend/simd/simd-backend.ts';
import { TfjsBackend } from '../sdk/src/backend/tfjs/tfjs-backend.ts';
import { startTfjsInNode } from '../test/support/start-tfjs-node.ts';
import { compileKernels } from './compile-kernels.ts';
import { onBackend, onWarmTfjs } from './products/multiplier.ts';
import { stepProducts } from './products/step-products.ts';
import { type Engines, type Times, timeInRounds, warmUp } from './products/time-in-rounds.ts';
import { withSpread } from './statistics.ts';

const batches = [128, 256];
const layers = [
  [784, 500],
  [500, 500],
  [784, 1000],
  [1000, 1000],
] as const;
const prototypes = 30;

export async function measureProducts(): Promise<Record<string, string>[]> {
  await startTfjsInNode();
  const relaxed = new SimdBackend(await compileKernels('kernels-relaxed'));
  const plain = new SimdBackend(await compileKernels('kernels'));
  const tfjs = new TfjsBackend();
  const engines: Engines = {
    ours: (product) => onBackend(relaxed, product),
    plain: (product) => onBackend(plain, product),
    fresh: (product) => onBackend(tfjs, product),
    warm: onWarmTfjs,
  };
  warmUp(engines, stepProducts(64, 250, 250, prototypes));
  return batches.flatMap((samples) =>
    layers.flatMap(([inputs, units]) => {
      const timed = stepProducts(samples, inputs, units, prototypes).map((product) => ({
        ...product,
        times: timeInRounds(engines, product),
      }));
      const all = {
        name: 'all five',
        operations: timed.reduce((sum, { operations }) => sum + operations, 0),
        times: sumOf(timed.map(({ times }) => times)),
      };
      return [...timed, all].map(({ name, operations, times }) => ({
        batch: String(samples),
        layer: `${inputs} × ${units}`,
        product: name,
        ...toColumns(times, operations),
      }));
    }),
  );
}

/** Round by round. */
function sumOf(products: readonly Times[]): Times {
  const sum = (name: keyof Times) =>
    (products[0] as Times)[name].map((_, round) =>
      products.reduce((total, times) => total + (times[name][round] as number), 0),
    );
  return { ours: sum('ours'), plain: sum('plain'), fresh: sum('fresh'), warm: sum('warm') };
}

function toColumns({ ours, plain, fresh, warm }: Times, operations: number) {
  const rate = (times: number[]) =>
    withSpread(
      times.map((ms) => operations / ms / 1e6),
      1,
    );
  const ratio = (other: number[]) =>
    withSpread(other.map((time, round) => time / (ours[round] as number)));
  return {
    'ours, GFLOP/s': rate(ours),
    'not relaxed': rate(plain),
    'tfjs fresh': rate(fresh),
    'tfjs warm': rate(warm),
    'ours / tfjs fresh': ratio(fresh),
    'ours / tfjs warm': ratio(warm),
  };
}
