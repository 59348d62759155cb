/**
 * How a frozen weight [inputs, units] lies in memory: in panels of 32 units, one after another, so
 * that one sample reads it from beginning to end. The last panel is filled up with zeros.
 *  - float32: for each input, the 32 numbers of the panel.
 *  - int8: for each pair of inputs, 32 pairs of numbers; an odd last input is paired with zeros.
 */
import { fromFloat16x4 } from './float16';
import { float } from './vector';

/** Units of a panel. */
export const panelUnits = 32;

/** Bytes of one input in a panel of float32, and of a pair of inputs in one of int8. */
export const inputBytes: usize = 32 * float;
export const pairBytes: usize = 64;

// @ts-expect-error: decorator
function panelCount(units: i32): usize {
  return <usize>((units + panelUnits - 1) / panelUnits);
}

/** Bytes of a frozen weight. */
export function panelsBytes(inputs: i32, units: i32, int8: bool): usize {
  const panel = int8 ? <usize>((inputs + 1) >> 1) * pairBytes : <usize>inputs * inputBytes;
  return panelCount(units) * panel;
}

/** Freezes float32 numbers that lie row by row. */
export function freezeFloat32(panels: usize, values: usize, inputs: i32, units: i32): void {
  const panelBytes = <usize>inputs * inputBytes;
  for (let input = 0; input < inputs; input++, panels += inputBytes) {
    let panel = panels;
    let left = units;
    for (; left >= panelUnits; left -= panelUnits, panel += panelBytes, values += inputBytes) {
      memory.copy(panel, values, inputBytes);
    }
    if (left > 0) {
      memory.copy(panel, values, <usize>left * float);
      memory.fill(panel + <usize>left * float, 0, inputBytes - <usize>left * float);
      values += <usize>left * float;
    }
  }
}

/** Freezes float16 numbers that lie row by row, as float32. */
export function freezeFloat16(panels: usize, halves: usize, inputs: i32, units: i32): void {
  const panelBytes = <usize>inputs * inputBytes;
  for (let input = 0; input < inputs; input++, panels += inputBytes) {
    for (let unit = 0; unit < units; unit += 4) {
      const out = panels + <usize>(unit >> 5) * panelBytes + ((<usize>(unit & 31)) << 2);
      const count = min(4, units - unit);
      v128.store(out, fromFloat16x4(halves, count));
      halves += (<usize>count) << 1;
    }
    zeroRest(panels, panelBytes, units);
  }
}

/** Zeros after the last unit, of which the vectors before may have written some. */
function zeroRest(panels: usize, panelBytes: usize, units: i32): void {
  const from = (units + 3) & ~3;
  if (from & 31) {
    const out = panels + <usize>(from >> 5) * panelBytes + ((<usize>(from & 31)) << 2);
    memory.fill(out, 0, (<usize>(panelUnits - (from & 31))) << 2);
  }
}

/** Freezes int8 numbers that lie row by row; `panels` must hold zeros. */
export function freezeInt8(panels: usize, values: usize, inputs: i32, units: i32): void {
  const panelBytes = <usize>((inputs + 1) >> 1) * pairBytes;
  for (let input = 0; input < inputs; input++) {
    const place = panels + <usize>(input >> 1) * pairBytes + <usize>(input & 1);
    for (let unit = 0; unit < units; unit++, values++) {
      const out = place + <usize>(unit >> 5) * panelBytes + ((<usize>(unit & 31)) << 1);
      store<i8>(out, load<i8>(values));
    }
  }
}
