/** Half precision: exact both ways, rounded as IEEE 754 says. */
import { describe, expect, it } from 'vitest';
import { fromFloat16 } from '../../sdk/src/backend/from-float16.ts';
import { toFloat16 } from '../../sdk/src/backend/to-float16.ts';

describe('float16', () => {
  it('keeps all 65,536 halves', () => {
    for (let half = 0; half < 65536; half++) {
      const value = fromFloat16(half);
      if (Number.isNaN(value)) expect(fromFloat16(toFloat16(value))).toBeNaN();
      else expect(toFloat16(value)).toBe(half);
    }
  });

  it('rounds to nearest even, to infinity and to subnormals', () => {
    expect(fromFloat16(toFloat16(1 + 2 ** -11))).toBe(1);
    expect(fromFloat16(toFloat16(1 + 3 * 2 ** -11))).toBe(1 + 2 ** -9);
    expect(fromFloat16(toFloat16(65519))).toBe(65504);
    expect(fromFloat16(toFloat16(65520))).toBe(Number.POSITIVE_INFINITY);
    expect(fromFloat16(toFloat16(2 ** -24))).toBe(2 ** -24);
    expect(fromFloat16(toFloat16(2 ** -26))).toBe(0);
  });
});
