/** Where the numbers of a symmetric matrix and of right-hand sides lie: `sdk/assembly/triangle.ts`. */

/** Where a row begins in its panel; its entries are four numbers apart. */
export function rowStart(row: number): number {
  const panel = row >> 2;
  return 8 * panel * (panel + 1) + (row & 3);
}

/** Where a row's entry on the diagonal lies. */
export function diagonal(row: number): number {
  return rowStart(row) + 4 * row;
}

/** Numbers of a strip of four right-hand sides. */
export function stripLength(order: number): number {
  return 16 * Math.ceil(order / 4);
}

/** Visits the numbers of rows [count, order] with their places in strips of four rows. */
export function eachInStrips(
  count: number,
  order: number,
  visit: (index: number, at: number) => void,
): void {
  let index = 0;
  for (let row = 0; row < count; row++) {
    let at = (row >> 2) * stripLength(order) + (row & 3);
    for (let column = 0; column < order; column++, at += 4) visit(index++, at);
  }
}
