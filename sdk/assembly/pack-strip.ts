/** Packing for the matrix product: up to four rows (or columns) side by side, step after step. */
import { float, vector } from './vector';

/**
 * Writes `steps` groups of four numbers; lanes beyond `lanes` become zero.
 * @param laneStride bytes from one lane to the next, @param stepStride from one step to the next
 * @param width numbers from one group to the next in `out`
 */
export function packStrip(
  out: usize,
  from: usize,
  lanes: i32,
  steps: i32,
  laneStride: usize,
  stepStride: usize,
  width: usize,
): void {
  const group = width * float;
  if (lanes < 4) {
    packEdge(out, from, lanes, steps, laneStride, stepStride, group);
  } else if (laneStride === float) {
    for (; steps > 0; steps--, out += group, from += stepStride) {
      v128.store(out, v128.load(from));
    }
  } else {
    packAcross(out, from, steps, laneStride, stepStride, group);
  }
}

/** Four rows become columns: blocks of 4 × 4 are transposed in registers. */
function packAcross(
  out: usize,
  from: usize,
  steps: i32,
  laneStride: usize,
  stepStride: usize,
  group: usize,
): void {
  let row1 = from + laneStride;
  let row2 = row1 + laneStride;
  let row3 = row2 + laneStride;
  for (; steps >= 4 && stepStride === float; steps -= 4) {
    const a = v128.load(from);
    const b = v128.load(row1);
    const c = v128.load(row2);
    const d = v128.load(row3);
    const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
    const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
    const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
    const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
    v128.store(out, i64x2.shuffle(ab, cd, 0, 2));
    v128.store(out + group, i64x2.shuffle(ab, cd, 1, 3));
    v128.store(out + 2 * group, i64x2.shuffle(abHigh, cdHigh, 0, 2));
    v128.store(out + 3 * group, i64x2.shuffle(abHigh, cdHigh, 1, 3));
    out += 4 * group;
    from += vector;
    row1 += vector;
    row2 += vector;
    row3 += vector;
  }
  packEdge(out, from, 4, steps, laneStride, stepStride, group);
}

function packEdge(
  out: usize,
  from: usize,
  lanes: i32,
  steps: i32,
  laneStride: usize,
  stepStride: usize,
  group: usize,
): void {
  for (; steps > 0; steps--, out += group, from += stepStride) {
    for (let lane = 0; lane < 4; lane++) {
      const value = lane < lanes ? load<f32>(from + <usize>lane * laneStride) : 0;
      store<f32>(out + ((<usize>lane) << 2), value);
    }
  }
}
