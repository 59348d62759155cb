/** Our engine as browsers start it. */
import type { Backend } from './backend/backend.ts';
import { browserKernels } from './backend/simd/browser-kernels.ts';
import { SimdBackend } from './backend/simd/simd-backend.ts';

/** @throws HffError `backend/unavailable` */
export async function browserEngine(): Promise<Backend> {
  return new SimdBackend(await browserKernels(), async () => {
    const { browserExtraKernels } = await import('./backend/simd/browser-extra-kernels.ts');
    return browserExtraKernels();
  });
}
