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

/** Bytes of a frozen weight; a float64, since they may be more than an address can say. */
export function panelsBytes(inputs: i32, units: i32, int8: bool): f64 {
  const panels = <f64>((units + panelUnits - 1) / panelUnits);
  if (int8) return panels * <f64>((inputs + 1) >> 1) * <f64>pairBytes;
  return panels * <f64>inputs * <f64>inputBytes;
}
