/** Times the engines' products in rounds, in which each engine has its turn. */
import { relativeError } from '../../test/support/close.ts';
import type { Multiplier } from './multiplier.ts';
import type { Product } from './step-products.ts';

const rounds = 15;
/** Of one engine's turn, at least. */
const turnMilliseconds = 8;
/** Until V8 has compiled all hot WebAssembly with its optimising tier. */
const warmUpMilliseconds = 1500;
/** Largest difference of two engines' results, relative to the largest entry. */
const tolerance = 1e-5;

export type Engines = Readonly<
  Record<'ours' | 'plain' | 'fresh' | 'warm', (product: Product) => Multiplier>
>;
/** Milliseconds per product, round by round. */
export type Times = Record<keyof Engines, number[]>;

export function warmUp(engines: Engines, products: readonly Product[]): void {
  for (const product of products) {
    for (const [, engine] of entries(engines)) {
      const multiplier = engine(product);
      const started = performance.now();
      while (performance.now() - started < warmUpMilliseconds / products.length) {
        multiplier.renew();
        multiplier.multiply();
      }
      multiplier.dispose();
    }
  }
}

/** @throws Error when two engines do not agree */
export function timeInRounds(engines: Engines, product: Product): Times {
  const times: Times = { ours: [], plain: [], fresh: [], warm: [] };
  const rivals = entries(engines).map(([name, engine]) => ({ name, multiplier: engine(product) }));
  const results = rivals.map(({ multiplier }) => {
    multiplier.multiply();
    return multiplier.read();
  });
  const errors = results.map((result) => relativeError(result, results[0] as Float32Array));
  if (!(Math.max(...errors) <= tolerance)) {
    throw new Error(`${product.name}: expected all engines within ${tolerance}, got ${errors}.`);
  }
  const calls = rivals.map(({ multiplier }) => {
    const fastest = Math.min(...[1, 2, 3].map(() => timeCalls(multiplier, 1)));
    return Math.ceil(turnMilliseconds / fastest);
  });
  for (let round = 0; round < rounds; round++) {
    rivals.forEach(({ name, multiplier }, i) => {
      timeCalls(multiplier, 1); // the rival before left its own factors in the cache
      times[name].push(timeCalls(multiplier, calls[i] as number));
    });
  }
  for (const { multiplier } of rivals) multiplier.dispose();
  return times;
}

/** @returns milliseconds per call */
export function timeCalls({ renew, multiply }: Multiplier, calls: number): number {
  let total = 0;
  for (let call = 0; call < calls; call++) {
    renew();
    const started = performance.now();
    multiply();
    total += performance.now() - started;
  }
  return total / calls;
}

function entries<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
