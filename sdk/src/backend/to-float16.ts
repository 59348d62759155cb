/** IEEE 754 half precision: halves a snapshot at about three decimal digits per number. */

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

/** Nearest half, ties to even; beyond ±65504 the infinities. */
export function toFloat16(value: number): number {
  float[0] = value;
  const bits = word[0] as number;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= 0x7f800000) return sign | 0x7c00 | (magnitude > 0x7f800000 ? 0x200 : 0);
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Subnormal half: let float32 addition of 0.5 round at the right bit.
    float[0] = Math.abs(value) + 0.5;
    return sign | ((word[0] as number) - 0x3f000000);
  }
  const roundToEven = 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((magnitude - 0x38000000 + roundToEven) >>> 13);
}
