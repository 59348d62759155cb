/**
 * Cholesky's factor L of a positive definite matrix (`triangle.ts`), A = L Lᵀ, block by block: the
 * columns of a block are solved, then their outer products are taken from all that is right of them.
 * Without blocks a matrix beyond the last cache takes twice the time.
 */
import { addStrips } from './add-outer';
import { solveTile } from './solve-tile';
import { addTile } from './tile';
import { depth, panelAt, panelCount, tileBytes } from './triangle';

/**
 * matrix ← L.
 * @param room `triangleRoom(order)` bytes
 * @returns the first row whose pivot is not a positive number, or −1
 */
export function factorTriangle(matrix: usize, order: i32, room: usize): i32 {
  const panels = panelCount(order);
  for (let from = 0; from < panels; from += depth / 4) {
    const to = min(panels, from + depth / 4);
    const blockBytes = <usize>(to - from) * tileBytes;
    let strip = room;
    for (let i = from; i < panels; i++) {
      const panel = panelAt(matrix, i);
      for (let j = from; j < to && j <= i; j++) {
        const column = solveColumns(panel, panelAt(matrix, j), from, j);
        if (column >= 0) return j * 4 + column;
      }
      if (i >= to) {
        memory.copy(strip, panel + <usize>from * tileBytes, blockBytes);
        strip += blockBytes;
      }
    }
    addStrips(matrix, room, to, panels, (to - from) * 4, -1);
  }
  return -1;
}

/**
 * Solves X Lᵀ = B at the four columns of panel j, given those of the panels `from` … j − 1.
 * @param rows panel of X and B, @param panel that of L; where both are the same it becomes L
 * @returns the column whose pivot is not a positive number, or −1
 */
export function solveColumns(rows: usize, panel: usize, from: i32, j: i32): i32 {
  const start = <usize>from * tileBytes;
  const end = <usize>j * tileBytes;
  addTile(rows + end, rows + start, panel + start, (j - from) * 4, -1);
  return solveTile(rows + end, panel + end, false);
}
