/**
 * What more classes cost: one feature of 512 numbers is compared with the prototypes of 10 to 10,000
 * classes, scored and decided, against the time of only reading the prototypes in WebAssembly.
 */
import { memoryBytes } from '../test/runtimes/watch-memory.ts';
import { classLayer } from './classes/class-layer.ts';
import { compileLimit } from './inference/compile-limit.ts';
import { readingLimit } from './inference/limit.ts';
import { timeInTurns } from './inference/time-in-turns.ts';
import { withSpread } from './statistics.ts';

/** Classes and prototypes of each. */
const sizes = [
  [10, 1],
  [100, 1],
  [1000, 1],
  [1000, 3],
  [10_000, 1],
] as const;

type Times = Record<'reading' | 'comparing' | 'deciding', number[]>;

export async function measureClasses(): Promise<Record<string, string>[]> {
  const limitModule = await compileLimit();
  const rows: Record<string, string>[] = [];
  const single: { classes: number; times: Times }[] = [];
  for (const [classes, each] of sizes) {
    const before = memoryBytes();
    const { prototypes, features, compare, decide, dispose } = await classLayer(classes, each);
    const memory = memoryBytes() - before;
    const reading = await readingLimit(limitModule, new Map([['prototypes', prototypes]]));
    const rivals = { reading, comparing: compare, deciding: decide };
    const times = (await timeInTurns(rivals, features)) as Times;
    dispose();
    if (each === 1) single.push({ classes, times });
    rows.push({
      classes: String(classes),
      'prototypes each': String(each),
      'prototypes, MB': (prototypes.byteLength / 1e6).toFixed(2),
      'memory, MB': (memory / 1e6).toFixed(2),
      ...toColumns(times, 1e3, 'µs'),
    });
  }
  const slopes = toColumns(slopesOf(single), 1e6, 'ns');
  return [...rows, { classes: 'per class, fitted', 'prototypes each': '1', ...slopes }];
}

/** Milliseconds per class, round by round: slopes of the straight lines that fit best. */
function slopesOf(measured: readonly { classes: number; times: Times }[]): Times {
  const mean = measured.reduce((sum, { classes }) => sum + classes, 0) / measured.length;
  const squares = measured.reduce((sum, { classes }) => sum + (classes - mean) ** 2, 0);
  const slopes = (name: keyof Times): number[] =>
    (measured[0]?.times[name] ?? []).map(
      (_, round) =>
        measured.reduce(
          (sum, { classes, times }) => sum + (classes - mean) * (times[name][round] as number),
          0,
        ) / squares,
    );
  return {
    reading: slopes('reading'),
    comparing: slopes('comparing'),
    deciding: slopes('deciding'),
  };
}

/** @param factor from milliseconds to `unit` */
function toColumns(times: Times, factor: number, unit: string): Record<string, string> {
  const { reading, comparing, deciding } = times;
  const column = (ms: number[]) => withSpread(ms.map((time) => time * factor));
  const ratio = (ms: number[]) => withSpread(ms.map((time, i) => time / (reading[i] as number)));
  return {
    [`reading, ${unit}`]: column(reading),
    [`comparing, ${unit}`]: column(comparing),
    'comparing / reading': ratio(comparing),
    [`deciding, ${unit}`]: column(deciding),
    'deciding / reading': ratio(deciding),
  };
}
