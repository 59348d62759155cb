/** An engine whose memory cannot grow refuses, and its matrices still keep to themselves. */
import { afterEach, expect, it, vi } from 'vitest';
import { nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

it('a matrix that found no larger block shares none with a new matrix', async () => {
  const backend = new SimdBackend(await nodeKernels());
  const large = backend.matrix(1000, 1000);
  const out = backend.matrix(1, 8);
  vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('no more');
  });
  expect(() => backend.scale(out, large, 2)).toThrowError(
    expect.objectContaining({ code: 'backend/memory' }),
  );
  const other = backend.matrix(1, 8);
  backend.write(out, new Float32Array(8).fill(1), 1);
  backend.write(other, new Float32Array(8).fill(2), 1);
  expect([...backend.read(out)]).toEqual(new Array(8).fill(1));
  backend.dispose(large, out, other);
  const again = [backend.matrix(1, 8), backend.matrix(1, 8)] as const;
  backend.write(again[0], new Float32Array(8).fill(1), 1);
  backend.write(again[1], new Float32Array(8).fill(2), 1);
  expect([...backend.read(again[0])]).toEqual(new Array(8).fill(1));
});
