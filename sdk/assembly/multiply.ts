/**
 * Matrix products of any orientation, in blocks that stay in the caches: both factors are packed
 * into strips, so one inner loop serves all of them (Goto, van de Geijn 2008).
 *
 *   for each block of 256 inner steps: pack all of a into strips of 4 rows
 *     for each 8 columns: pack them into one strip
 *       for each strip of a: a tile of 4 × 8 sums, held in registers
 */
import { packPanelColumns } from './pack-panel';
import { packStrip } from './pack-strip';
import { float, multiplyAdd, vector } from './vector';

/** Inner steps in a block: 8 KB of b, well within a first-level cache. */
const depth = 256;

/** Bytes of a strip of 8 columns, and of a tile at the edge: before the strips of a. */
const columnsBytes: usize = <usize>depth * 8 * float;
const tileBytes: usize = 4 * 8 * float;

/** Bytes that {@link multiply} needs in `room` for a product with `m` rows; see `panelsBytes`. */
export function multiplyRoom(m: i32): f64 {
  return <f64>(columnsBytes + tileBytes) + <f64>((m + 3) & ~3) * <f64>(depth * <i32>float);
}

/**
 * out [m, n] = a [m, k] · b [k, n]; strides in bytes say where an entry's neighbours are, so that a
 * transposed factor is a matter of strides.
 */
export function multiply(
  out: usize,
  a: usize,
  b: usize,
  m: i32,
  n: i32,
  k: i32,
  aRow: usize,
  aColumn: usize,
  bRow: usize,
  bColumn: usize,
  room: usize,
): void {
  const strips = room + columnsBytes + tileBytes;
  for (let from = 0; from < k || from === 0; from += depth) {
    const steps = min(depth, k - from);
    packRows(strips, a + <usize>from * aColumn, m, steps, aRow, aColumn);
    for (let j = 0; j < n; j += 8) {
      const corner = b + <usize>from * bRow + <usize>j * bColumn;
      packStrip(room, corner, n - j, steps, bColumn, bRow, 8);
      packStrip(room + vector, corner + 4 * bColumn, n - j - 4, steps, bColumn, bRow, 8);
      multiplyStrips(out, strips, room, m, n, j, steps, from > 0);
    }
  }
}

/**
 * out [m, n] = x [m, k] · weight [k, n], the weight frozen in panels (`panels.ts`).
 * @param scales one per row of an int8 weight, or 0 for float32
 */
export function multiplyPanels(
  out: usize,
  x: usize,
  weight: usize,
  scales: usize,
  m: i32,
  n: i32,
  k: i32,
  room: usize,
): void {
  const strips = room + columnsBytes + tileBytes;
  const xRow = <usize>k * float;
  for (let from = 0; from < k || from === 0; from += depth) {
    const steps = min(depth, k - from);
    packRows(strips, x + <usize>from * float, m, steps, xRow, float);
    for (let j = 0; j < n; j += 8) {
      packPanelColumns(room, weight, scales, j, k, from, steps);
      multiplyStrips(out, strips, room, m, n, j, steps, from > 0);
    }
  }
}

/** All rows of a block into strips of four. */
function packRows(strips: usize, a: usize, m: i32, steps: i32, aRow: usize, aColumn: usize): void {
  for (let i = 0; i < m; i += 4) {
    packStrip(strips, a + <usize>i * aRow, m - i, steps, aRow, aColumn, 4);
    strips += <usize>steps * vector;
  }
}

/** The tiles of eight columns from `j`, added to what the blocks before left in `out`. */
function multiplyStrips(
  out: usize,
  strips: usize,
  columns: usize,
  m: i32,
  n: i32,
  j: i32,
  steps: i32,
  add: bool,
): void {
  const edge = columns + columnsBytes;
  const stride = <usize>n * float;
  const width = min(8, n - j);
  let target = out + <usize>j * float;
  for (let i = 0; i < m; i += 4) {
    if (width === 8 && i + 4 <= m) {
      multiplyTile(target, stride, strips, columns, steps, add);
    } else {
      multiplyTile(edge, 8 * float, strips, columns, steps, false);
      copyEdge(target, stride, edge, min(4, m - i), width, add);
    }
    target += 4 * stride;
    strips += <usize>steps * vector;
  }
}

/** One tile: out [4, 8] = (+) Σ over the steps of 4 rows times 8 columns. */
function multiplyTile(
  out: usize,
  stride: usize,
  rows: usize,
  columns: usize,
  steps: i32,
  add: bool,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (const end = rows + <usize>steps * vector; rows < end; rows += vector) {
    const left = v128.load(columns);
    const right = v128.load(columns, 16);
    const a = v128.load32_splat(rows);
    a0 = multiplyAdd(a, left, a0);
    a1 = multiplyAdd(a, right, a1);
    const b = v128.load32_splat(rows, 4);
    b0 = multiplyAdd(b, left, b0);
    b1 = multiplyAdd(b, right, b1);
    const c = v128.load32_splat(rows, 8);
    c0 = multiplyAdd(c, left, c0);
    c1 = multiplyAdd(c, right, c1);
    const d = v128.load32_splat(rows, 12);
    d0 = multiplyAdd(d, left, d0);
    d1 = multiplyAdd(d, right, d1);
    columns += 2 * vector;
  }
  storeRow(out, a0, a1, add);
  storeRow(out + stride, b0, b1, add);
  storeRow(out + 2 * stride, c0, c1, add);
  storeRow(out + 3 * stride, d0, d1, add);
}

function storeRow(out: usize, left: v128, right: v128, add: bool): void {
  v128.store(out, add ? f32x4.add(v128.load(out), left) : left);
  v128.store(out, add ? f32x4.add(v128.load(out, 16), right) : right, 16);
}

function copyEdge(
  out: usize,
  stride: usize,
  edge: usize,
  height: i32,
  width: i32,
  add: bool,
): void {
  for (let i = 0; i < height; i++, out += stride, edge += 8 * float) {
    for (let j: usize = 0; j < <usize>width * float; j += float) {
      const value = load<f32>(edge + j);
      store<f32>(out + j, add ? load<f32>(out + j) + value : value);
    }
  }
}
