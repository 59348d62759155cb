/** Trace of an inverse from a few solutions (Hutchinson 1990), where all of it would take D of them. */
import type { SymmetricBackend, SymmetricMatrix } from '../backend/symmetric.ts';

const probes = 16;

/** @param factor of a matrix A; about tr(A⁻¹) comes back, the same for the same A */
export function inverseTrace(symmetric: SymmetricBackend, factor: SymmetricMatrix): number {
  const signs = drawSigns(probes * factor.order);
  const solved = symmetric.solve(factor, signs);
  return signs.reduce((sum, sign, i) => sum + sign * (solved[i] as number), 0) / probes;
}

/** ±1 in a fixed random order (xorshift32). */
function drawSigns(count: number): Float64Array {
  let state = 0x9e3779b9;
  return Float64Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0x10000 ? 1 : -1;
  });
}
