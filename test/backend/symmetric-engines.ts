/** Our symmetric matrices and plain ones, and numbers to fill them with. */
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { SimdSymmetric } from '../../sdk/src/backend/simd/simd-symmetric.ts';
import type { SymmetricBackend } from '../../sdk/src/backend/symmetric.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { PlainSymmetric } from '../support/plain-symmetric.ts';

/** Symmetric matrices and the engine that their rows belong to. */
export interface Engine<Rows extends Backend = Backend> {
  readonly backend: Rows;
  readonly symmetric: SymmetricBackend;
}

export async function startSimd(): Promise<Engine<SimdBackend>> {
  const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
  return { backend, symmetric: await SimdSymmetric.start(backend) };
}

export function startPlain(): Engine {
  const backend = new PlainBackend();
  return { backend, symmetric: new PlainSymmetric(backend) };
}

export const orders: number[] = [...Array.from({ length: 68 }, (_, i) => i), 300, 513];

/** The triangle after rows of these numbers came in with these factors. */
export function accumulate(
  { backend, symmetric }: Engine,
  order: number,
  updates: readonly (readonly [rows: Float32Array, factor: number])[],
): Float64Array {
  const sum = symmetric.matrix(order);
  for (const [numbers, factor] of updates) {
    const rows = backend.load(numbers, order && numbers.length / order, order);
    symmetric.addOuter(sum, rows, factor);
    backend.dispose(rows);
  }
  const triangle = symmetric.triangle(sum);
  symmetric.dispose(sum);
  return triangle;
}
