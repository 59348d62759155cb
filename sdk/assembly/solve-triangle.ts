/** Solutions of L Lᵀ x = b for a factor from `cholesky.ts`, for several b at once. */
import { solveColumns } from './cholesky';
import { multiplyAddDoubles } from './double';
import { solveTile } from './solve-tile';
import { columnBytes, panelAt, panelCount, tileBytes } from './triangle';

/**
 * Solves in place.
 * @param strips of four right-hand sides each: for each row of the matrix its four numbers; zeros
 *   beyond the order and beyond the last right-hand side
 * @param count right-hand sides
 */
export function solveTriangle(strips: usize, matrix: usize, order: i32, count: i32): void {
  const panels = panelCount(order);
  const stripBytes = <usize>panels * tileBytes;
  const end = strips + <usize>panelCount(count) * stripBytes;
  for (let j = 0; j < panels; j++) {
    const panel = panelAt(matrix, j);
    for (let strip = strips; strip < end; strip += stripBytes) solveColumns(strip, panel, 0, j);
  }
  for (let j = panels - 1; j >= 0; j--) {
    const panel = panelAt(matrix, j);
    for (let strip = strips; strip < end; strip += stripBytes) substitute(strip, panel, j);
  }
}

/** x ← y · L⁻¹ at the four columns of panel j; their share is taken from the columns before. */
function substitute(strip: usize, panel: usize, j: i32): void {
  const tile = strip + <usize>j * tileBytes;
  solveTile(tile, panel + <usize>j * tileBytes, true);
  const a0 = f64x2.neg(v128.load(tile));
  const a1 = f64x2.neg(v128.load(tile, 16));
  const b0 = f64x2.neg(v128.load(tile, 32));
  const b1 = f64x2.neg(v128.load(tile, 48));
  const c0 = f64x2.neg(v128.load(tile, 64));
  const c1 = f64x2.neg(v128.load(tile, 80));
  const d0 = f64x2.neg(v128.load(tile, 96));
  const d1 = f64x2.neg(v128.load(tile, 112));
  for (; strip < tile; strip += columnBytes, panel += columnBytes) {
    const a = v128.load64_splat(panel);
    let low = multiplyAddDoubles(a0, a, v128.load(strip));
    let high = multiplyAddDoubles(a1, a, v128.load(strip, 16));
    const b = v128.load64_splat(panel, 8);
    low = multiplyAddDoubles(b0, b, low);
    high = multiplyAddDoubles(b1, b, high);
    const c = v128.load64_splat(panel, 16);
    low = multiplyAddDoubles(c0, c, low);
    high = multiplyAddDoubles(c1, c, high);
    const d = v128.load64_splat(panel, 24);
    v128.store(strip, multiplyAddDoubles(d0, d, low));
    v128.store(strip, multiplyAddDoubles(d1, d, high), 16);
  }
}
