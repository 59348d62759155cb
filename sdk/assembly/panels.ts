/**
 * How a frozen weight [inputs, units] lies in memory: in panels of 32 units, one after another, so
 * that one sample reads it from beginning to end. The last panel is filled up with zeros.
 *  - float32: for each input, the 32 numbers of the panel.
 *  - int8: for each pair of inputs, 32 pairs of numbers; an odd last input is paired with zeros.
 */
import { float } from './vector';

/** Units of a panel. */
export const panelUnits = 32;

/** Bytes of one input in a panel of float32, and of a pair of inputs in one of int8. */
export const inputBytes: usize = 32 * float;
export const pairBytes: usize = 64;

/** Bytes of a frozen weight. */
export function panelsBytes(inputs: i32, units: i32, int8: bool): usize {
  const panel = int8 ? <usize>((inputs + 1) >> 1) * pairBytes : <usize>inputs * inputBytes;
  return <usize>((units + panelUnits - 1) / panelUnits) * panel;
}
