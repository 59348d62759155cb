/**
 * Sums of outer products u uᵀ, added to a symmetric matrix (`triangle.ts`) or taken from it. Products
 * of two float32 are exact in float64: with a factor of 1 or −1 only the sums are rounded.
 */
import { double, multiplyAddDoubles } from './double';
import { addTile } from './tile';
import { columnBytes, depth, panelAt, panelCount, tileBytes } from './triangle';
import { float } from './vector';

/**
 * matrix += factor · rowsᵀ · rows, for `count` rows of `order` numbers.
 * @param size bytes of a number in the rows: 4 for float32, 8 for float64
 * @param room `triangleRoom(order)` bytes
 */
export function addOuter(
  matrix: usize,
  rows: usize,
  count: i32,
  order: i32,
  factor: f64,
  size: usize,
  room: usize,
): void {
  const panels = panelCount(order);
  for (; count > 0; count -= depth) {
    const steps = min(count, depth);
    packRows(room, rows, steps, order, size);
    if (steps === 1) addStep(matrix, room, panels, factor);
    else addStrips(matrix, room, 0, panels, steps, factor);
    rows += <usize>steps * <usize>order * size;
  }
}

/** A strip for each panel: for each row its four numbers there, in float64, zeros beyond the order. */
function packRows(strips: usize, rows: usize, steps: i32, order: i32, size: usize): void {
  const stride = <usize>order * size;
  for (let left = order; left > 0; left -= 4, rows += 4 * size) {
    let row = rows;
    for (let step = 0; step < steps; step++, row += stride, strips += columnBytes) {
      if (left >= 4 && size === float) {
        v128.store(strips, f64x2.promote_low_f32x4(v128.load64_zero(row)));
        v128.store(strips, f64x2.promote_low_f32x4(v128.load64_zero(row, 8)), 16);
        continue;
      }
      memory.fill(strips, 0, columnBytes);
      for (let lane: usize = 0; lane < <usize>min(left, 4); lane++) {
        const at = row + lane * size;
        store<f64>(strips + lane * double, size === float ? <f64>load<f32>(at) : load<f64>(at));
      }
    }
  }
}

/** matrix += factor · u uᵀ: one row is a matter of memory, not of arithmetic. */
function addStep(matrix: usize, u: usize, panels: i32, factor: f64): void {
  const factors = f64x2.splat(factor);
  let end = u + columnBytes;
  for (let panel = 0; panel < panels; panel++, end += columnBytes) {
    const low = f64x2.mul(factors, v128.load(end - columnBytes));
    const high = f64x2.mul(factors, v128.load(end - columnBytes, 16));
    for (let at = u; at < end; at += double, matrix += columnBytes) {
      const x = v128.load64_splat(at);
      v128.store(matrix, multiplyAddDoubles(low, x, v128.load(matrix)));
      v128.store(matrix, multiplyAddDoubles(high, x, v128.load(matrix, 16)), 16);
    }
  }
}

/** matrix += factor · strips · stripsᵀ, in the panels from `first` on; the strips are theirs. */
export function addStrips(
  matrix: usize,
  strips: usize,
  first: i32,
  panels: i32,
  steps: i32,
  factor: f64,
): void {
  const stripBytes = <usize>steps * columnBytes;
  let a = strips;
  for (let panel = first; panel < panels; panel++, a += stripBytes) {
    let tile = panelAt(matrix, panel) + <usize>first * tileBytes;
    for (let b = strips; b <= a; b += stripBytes, tile += tileBytes) {
      addTile(tile, a, b, steps, factor);
    }
  }
}
