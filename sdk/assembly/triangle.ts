/**
 * How a symmetric or triangular matrix [order, order] of float64 lies in memory: its lower triangle
 * in panels of four rows, one after another; in a panel column after column, four numbers each. A
 * panel ends with its tile of 4 × 4 on the diagonal, where entries above the diagonal mean nothing.
 * Rows beyond the order fill up the last panel: those of the identity.
 *
 * So the upper half takes no memory, every tile is whole and in one piece, and a panel is already
 * what the inner loop of `tile.ts` reads from beginning to end.
 */

/** Bytes of a column in a panel, and of a tile. */
export const columnBytes: usize = 32;
export const tileBytes: usize = 128;

/** Steps of a product in a block: two strips of 2 KB stay in a first-level cache. */
export const depth = 64;

export function panelCount(order: i32): i32 {
  return (order + 3) >> 2;
}

export function panelAt(matrix: usize, panel: i32): usize {
  return matrix + ((<usize>panel * (<usize>panel + 1)) << 6);
}

/** Bytes of a matrix; a float64, since they may be more than an address can say. */
export function triangleBytes(order: i32): f64 {
  const panels = <f64>panelCount(order);
  return panels * (panels + 1) * 64;
}

/** Bytes of working room that updates and factors need: a strip of a block's depth for each panel. */
export function triangleRoom(order: i32): f64 {
  return <f64>panelCount(order) * <f64>(<usize>depth * columnBytes);
}
