/** The product that updates, factors and solutions are made of: 4 × 4 sums held in registers. */
import { multiplyAddDoubles } from './double';
import { columnBytes } from './triangle';

/**
 * tile += factor · a · bᵀ, all of them column after column, four float64 each.
 * @param steps columns of a and b
 */
export function addTile(tile: usize, a: usize, b: usize, steps: i32, factor: f64): void {
  let c0 = f64x2.splat(0);
  let c1 = c0;
  let d0 = c0;
  let d1 = c0;
  let e0 = c0;
  let e1 = c0;
  let f0 = c0;
  let f1 = c0;
  for (const end = a + <usize>steps * columnBytes; a < end; a += columnBytes, b += columnBytes) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    const c = v128.load64_splat(b);
    c0 = multiplyAddDoubles(a0, c, c0);
    c1 = multiplyAddDoubles(a1, c, c1);
    const d = v128.load64_splat(b, 8);
    d0 = multiplyAddDoubles(a0, d, d0);
    d1 = multiplyAddDoubles(a1, d, d1);
    const e = v128.load64_splat(b, 16);
    e0 = multiplyAddDoubles(a0, e, e0);
    e1 = multiplyAddDoubles(a1, e, e1);
    const f = v128.load64_splat(b, 24);
    f0 = multiplyAddDoubles(a0, f, f0);
    f1 = multiplyAddDoubles(a1, f, f1);
  }
  const factors = f64x2.splat(factor);
  addColumn(tile, c0, c1, factors);
  addColumn(tile + columnBytes, d0, d1, factors);
  addColumn(tile + 2 * columnBytes, e0, e1, factors);
  addColumn(tile + 3 * columnBytes, f0, f1, factors);
}

function addColumn(out: usize, low: v128, high: v128, factors: v128): void {
  v128.store(out, multiplyAddDoubles(low, factors, v128.load(out)));
  v128.store(out, multiplyAddDoubles(high, factors, v128.load(out, 16)), 16);
}
