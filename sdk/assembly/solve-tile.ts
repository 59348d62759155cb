/** Triangular systems of four columns, for the tile on the diagonal that belongs to them. */
import { double } from './double';
import { columnBytes, tileBytes } from './triangle';

/**
 * In place, x ← x · L⁻ᵀ column after column, or x ← x · L⁻¹ from the last column to the first.
 * @param tile x, four rows
 * @param diagonal tile of L; where it is x it still has to become L
 * @returns the column whose pivot is not a positive number, or −1
 */
export function solveTile(tile: usize, diagonal: usize, backwards: bool): i32 {
  // The entries of L that a column needs lie in a row of L, backwards in a column of it.
  const step = backwards ? -columnBytes : columnBytes;
  const entryStep = backwards ? -double : columnBytes;
  const rowStep = backwards ? -columnBytes : double;
  let row = backwards ? diagonal + (tileBytes - double) : diagonal;
  const start = backwards ? tile + 3 * columnBytes : tile;
  let out = start;
  for (let column = 0; column < 4; column++, out += step, row += rowStep) {
    let low = v128.load(out);
    let high = v128.load(out, 16);
    let entry = row;
    for (let x = start; x !== out; x += step, entry += entryStep) {
      const factor = v128.load64_splat(entry);
      low = f64x2.sub(low, f64x2.mul(v128.load(x), factor));
      high = f64x2.sub(high, f64x2.mul(v128.load(x, 16), factor));
    }
    if (tile === diagonal) {
      v128.store(out, low);
      v128.store(out, high, 16);
      const pivot = load<f64>(entry);
      if (!(pivot > 0 && pivot < Infinity)) return column;
      store<f64>(entry, sqrt<f64>(pivot));
    }
    const root = v128.load64_splat(entry);
    v128.store(out, f64x2.div(low, root));
    v128.store(out, f64x2.div(high, root), 16);
  }
  return -1;
}
