/**
 * Statistics of second order: learning samples one by one and in batches, Cholesky's factor, and the
 * refresh of a head, against the time of the same multiply–adds in registers, or, for one sample, of
 * reading and writing the triangle. Rounds of all alternate in one process.
 */
import { median, withSpread } from './statistics.ts';
import { startLimits } from './symmetric/limits.ts';
import { type Operation, operations } from './symmetric/operations.ts';

const orders = [500, 1000, 2000];
const rounds = 11;
/** Of one slice, at least. */
const sliceMilliseconds = 10;
/** Until V8 has compiled all hot WebAssembly with its optimising tier. */
const warmUpMilliseconds = 300;

interface Rival {
  readonly operation: Operation;
  readonly runs: number;
  readonly times: number[];
  readonly limits: number[];
}

export async function measureSymmetric(): Promise<Record<string, string>[]> {
  const largest = Math.max(...orders);
  const limits = await startLimits((largest * (largest + 1)) / 2);
  const rows: Record<string, string>[] = [];
  for (const order of orders) {
    const rivals = (await operations(limits, order)).map(warmUp);
    for (let round = 0; round < rounds; round++) {
      for (const { operation, runs, times, limits } of rivals) {
        times.push(timeRuns(operation, runs));
        limits.push(timeRuns({ run: operation.limit }, runs));
      }
    }
    rows.push(...rivals.map((rival) => toRow(order, rival, rivals)));
  }
  return rows;
}

function warmUp(operation: Operation): Rival {
  let fastest = Number.POSITIVE_INFINITY;
  for (const started = performance.now(); performance.now() - started < warmUpMilliseconds; ) {
    fastest = Math.min(fastest, timeRuns(operation, 1));
    operation.limit();
  }
  const runs = Math.ceil(sliceMilliseconds / Math.max(fastest, 1e-3));
  return { operation, runs, times: [], limits: [] };
}

/** @returns milliseconds per run */
function timeRuns({ prepare, run }: Pick<Operation, 'prepare' | 'run'>, runs: number): number {
  let total = 0;
  for (let i = 0; i < runs; i++) {
    prepare?.();
    const started = performance.now();
    run();
    total += performance.now() - started;
  }
  return total / runs;
}

function toRow(
  order: number,
  { operation, times, limits }: Rival,
  rivals: readonly Rival[],
): Record<string, string> {
  const { name, flops, samples = 1 } = operation;
  const rate = (milliseconds: number[]) => (flops / median(milliseconds) / 1e6).toFixed(1);
  return {
    D: String(order),
    operation: name,
    'ms, or ms per sample': withSpread(
      times.map((time) => time / samples),
      3,
    ),
    'GFLOP/s': rate(times),
    'limit, GFLOP/s': rate(limits),
    'times the limit': withSpread(times.map((time, round) => time / (limits[round] as number))),
    'learns meanwhile': learnedMeanwhile(times, operation, rivals),
  };
}

/** How many samples are learned in the time of a refresh, by each way of learning. */
function learnedMeanwhile(
  times: readonly number[],
  { name }: Operation,
  rivals: readonly Rival[],
): string {
  if (!name.startsWith('refresh')) return '–';
  return rivals
    .filter(({ operation }) => operation.samples)
    .map(({ operation, times: learning }) => {
      const ratios = times.map((time, round) => time / (learning[round] as number));
      return `${Math.round(median(ratios) * (operation.samples as number))} (${operation.name})`;
    })
    .join(', ');
}
