/** Weights into panels of pairs, from int8 numbers that lie row by row. */
import { pairBytes, panelUnits } from './panels';
import { vector } from './vector';

/**
 * @param panels where the first of the rows goes in the first panel
 * @param rows of the weight that are frozen now, of `inputs` in all; an even number but for the last
 * @returns true, since all are finite
 */
export function freezeInt8(panels: usize, values: usize, rows: i32, units: i32, inputs: i32): bool {
  const panelBytes = <usize>((inputs + 1) >> 1) * pairBytes;
  for (let row = 0; row < rows; row += 2, panels += pairBytes) {
    const even = values + <usize>row * <usize>units;
    const odd = row + 1 < rows ? even + <usize>units : 0;
    let out = panels;
    for (let unit = 0; unit < units; unit += panelUnits, out += panelBytes) {
      for (let half = 0; half < panelUnits; half += 16) {
        const from = unit + half;
        const place = out + 2 * <usize>half;
        if (odd && from + 16 <= units) {
          pairSixteen(place, even + <usize>from, odd + <usize>from);
        } else {
          pairSome(place, even + <usize>from, odd ? odd + <usize>from : 0, units - from);
        }
      }
    }
  }
  return true;
}

function pairSixteen(out: usize, even: usize, odd: usize): void {
  const a = v128.load(even);
  const b = v128.load(odd);
  v128.store(out, i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  v128.store(
    out,
    i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
    vector,
  );
}

/** Up to 16 pairs, filled up with zeros; without `odd` all second numbers are zero. */
function pairSome(out: usize, even: usize, odd: usize, count: i32): void {
  for (let unit = 0; unit < 16; unit++, out += 2) {
    store<i8>(out, unit < count ? load<i8>(even + <usize>unit) : 0);
    store<i8>(out, odd && unit < count ? load<i8>(odd + <usize>unit) : 0, 1);
  }
}
