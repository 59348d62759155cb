/** Our engine as browsers start it. */
import type { Backend } from './backend/backend.ts';
import { browserExtraKernels, browserKernels } from './backend/simd/browser-kernels.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';

/** @throws HffError `backend/unavailable` */
export async function browserEngine(): Promise<Backend> {
  return new SimdBackend(await browserKernels(), browserExtraKernels);
}
