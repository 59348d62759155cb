/** What was learned is forgotten, to the tolerance that `symmetric.ts` names. */
import { beforeAll, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { accumulate, type Engine, startPlain, startSimd } from './symmetric-engines.ts';
import { rounding, unitRows } from './symmetric-matrices.ts';

let engine: Engine;
const oracle = startPlain();

beforeAll(async () => {
  engine = await startSimd();
});

it('forgets what it learned, in any order and any batches', () => {
  const { backend, symmetric } = engine;
  const order = 45;
  const random = new Random(5);
  const pool = Array.from({ length: 400 }, () => unitRows(random, 1, order));
  const held: Float32Array[] = [];
  const sum = symmetric.matrix(order);
  const rows = backend.matrix(0, order);
  let moved = 0;
  let most = 0;
  const move = (samples: readonly Float32Array[], factor: number) => {
    backend.write(rows, Float32Array.from(samples.flatMap((u) => [...u])), samples.length);
    symmetric.addOuter(sum, rows, factor);
    moved += samples.length;
    most = Math.max(most, held.length);
  };
  const learn = (count: number) => {
    const samples = Array.from(
      { length: count },
      () => pool[random.integer(pool.length)] as Float32Array,
    );
    held.push(...samples);
    move(samples, 1);
  };
  const forget = (count: number) => {
    const samples = Array.from({ length: Math.min(count, held.length) }, () => {
      return held.splice(random.integer(held.length), 1)[0] as Float32Array;
    });
    move(samples, -1);
  };
  for (let step = 0; step < 400; step++) {
    const count = 1 + random.integer(step % 2 ? 70 : 2);
    if (random.uniform() < 0.5) learn(count);
    else forget(count);
  }
  // Entries of a sum of unit rows without negative numbers are at most their number.
  const tolerance = () => moved * rounding * most;
  const remaining = accumulate(
    oracle,
    order,
    held.map((u) => [u, 1] as const),
  );
  symmetric.triangle(sum).forEach((value, i) => {
    expect(Math.abs(value - (remaining[i] as number))).toBeLessThanOrEqual(tolerance());
  });
  while (held.length > 0) forget(1 + random.integer(70));
  expect(moved).toBeGreaterThan(4000);
  const left = symmetric.triangle(sum).map(Math.abs);
  expect(Math.max(...left)).toBeLessThanOrEqual(tolerance());
  symmetric.dispose(sum);
  backend.dispose(rows);
});
