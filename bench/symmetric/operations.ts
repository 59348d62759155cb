/** What learning by statistics does with a symmetric matrix, each with its limit, checked first. */
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../../sdk/src/backend/simd/simd-symmetric.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { backwardError, unitRows } from '../../test/backend/symmetric-matrices.ts';
import { relativeError } from '../../test/support/close.ts';
import type { Limits } from './limits.ts';

const batches = [64, 256];
const classCounts = [10, 100];
const shrinkage = 1e-3;

export interface Operation {
  readonly name: string;
  /** Samples learned by one run. */
  readonly samples?: number;
  readonly flops: number;
  /** Not timed; before every run. */
  prepare?(): void;
  run(): void;
  limit(): void;
}

/** @throws Error when results are wrong */
export async function operations(limits: Limits, order: number): Promise<Operation[]> {
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  const symmetric = await SimdSymmetric.start(backend);
  const random = new Random(order);
  const numbers = unitRows(random, Math.max(...batches), order);
  const rowsOf = (count: number) => backend.load(numbers.subarray(0, count * order), count, order);
  const [moment, factor] = [symmetric.matrix(order), symmetric.matrix(order)];
  const means = (count: number) =>
    Float64Array.from({ length: count * order }, () => random.uniform() / order);
  const compute = (flops: number) => ({ flops, limit: () => limits.compute(flops) });

  const shrink = () => {
    symmetric.copy(factor, moment);
    symmetric.addDiagonal(factor, (shrinkage * symmetric.trace(moment)) / order);
  };
  const learn = (samples: number): Operation => {
    const rows = rowsOf(samples);
    return {
      name: samples === 1 ? 'learn one sample' : `learn samples in ${samples}s`,
      samples,
      ...compute(samples * order * (order + 1)),
      run: () => symmetric.addOuter(moment, rows, 1),
    };
  };
  const solve = (count: number): Operation => {
    const right = means(count);
    return {
      name: `solve, ${count} classes`,
      ...compute(2 * order * order * count),
      run: () => void symmetric.solve(factor, right),
    };
  };
  const refresh = (count: number): Operation => {
    const sums = means(count);
    return {
      name: `refresh, ${count} classes`,
      ...compute(order ** 3 / 3 + 3 * order * order * count),
      run() {
        shrink();
        symmetric.addOuter(factor, sums, -1 / count);
        if (symmetric.factor(factor) !== -1)
          throw new Error(`Order ${order}: not positive definite.`);
        symmetric.solve(factor, sums);
      },
    };
  };

  for (const samples of batches) checkLearning(symmetric, backend, numbers, samples, order);
  symmetric.addOuter(moment, rowsOf(Math.max(...batches)), 1);
  shrink();
  checkSolving(symmetric, factor, means(3));
  return [
    { ...learn(1), limit: () => limits.rewrite((order * (order + 1)) / 2) },
    ...batches.map(learn),
    {
      name: 'factor',
      ...compute(order ** 3 / 3),
      prepare: shrink,
      run: () => void symmetric.factor(factor),
    },
    ...classCounts.map(solve),
    ...classCounts.map(refresh),
  ];
}

/** A batch adds what its samples add one by one. */
function checkLearning(
  symmetric: SimdSymmetric,
  backend: SimdBackend,
  numbers: Float32Array,
  samples: number,
  order: number,
): void {
  const [together, singly] = [symmetric.matrix(order), symmetric.matrix(order)];
  const rows = backend.load(numbers.subarray(0, samples * order), samples, order);
  symmetric.addOuter(together, rows, 1);
  for (let i = 0; i < samples; i++) {
    backend.write(rows, numbers.subarray(i * order, (i + 1) * order), 1);
    symmetric.addOuter(singly, rows, 1);
  }
  const error = relativeError(symmetric.triangle(together), symmetric.triangle(singly));
  if (!(error < 1e-13)) throw new Error(`${samples} samples: error ${error}.`);
  symmetric.dispose(together, singly);
  backend.dispose(rows);
}

/** Solutions satisfy their systems; the matrix is a factor afterwards. */
function checkSolving(
  symmetric: SimdSymmetric,
  matrix: ReturnType<SimdSymmetric['matrix']>,
  right: Float64Array,
): void {
  const { order } = matrix;
  const triangle = symmetric.triangle(matrix);
  const pivot = symmetric.factor(matrix);
  if (pivot !== -1) throw new Error(`Order ${order}: row ${pivot} has no positive pivot.`);
  const solutions = symmetric.solve(matrix, right);
  for (let start = 0; start < right.length; start += order) {
    const x = solutions.subarray(start, start + order);
    const error = backwardError(triangle, x, right.subarray(start, start + order));
    if (!(error < 1e-13)) throw new Error(`Order ${order}: residual ${error}.`);
  }
}
