/** A real engine to load models into. */
import { readFile } from 'node:fs/promises';
import { nodeExtraKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';

/** With kernels that every WebAssembly SIMD runs, whatever this processor has beyond. */
export async function startEngine(): Promise<SimdBackend> {
  const kernels = await readFile(new URL('../../sdk/wasm/kernels.wasm', import.meta.url));
  return new SimdBackend(await WebAssembly.compile(kernels), nodeExtraKernels);
}
