/** Our engine as it starts wherever WebAssembly compiles from bytes: with the kernels inlined. */
import { inlinedExtraKernels, inlinedKernels } from './backend/simd/inlined-kernels.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';

/** @throws HffError `backend/unavailable` */
export async function inlinedEngine(): Promise<SimdBackend> {
  return new SimdBackend(await inlinedKernels(), inlinedExtraKernels);
}
