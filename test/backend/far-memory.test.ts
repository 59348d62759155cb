/** Addresses from 2 GiB up, sizes that no memory has, and blocks that are given back twice. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { quantiseRows } from '../../sdk/src/backend/quantise-rows.ts';
import { nodeExtraKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdSymmetric } from '../../sdk/src/backend/simd/simd-symmetric.ts';
import { SimdTrainingBackend } from '../../sdk/src/backend/simd/simd-training-backend.ts';
import { toFloat16 } from '../../sdk/src/backend/to-float16.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { agree } from './engines.ts';

const any = [1, 1] as const;

describe.each(['kernels', 'kernels-relaxed'])('%s', (name) => {
  let module: WebAssembly.Module;
  let extra: WebAssembly.Module;

  beforeAll(async () => {
    const bytes = await readFile(new URL(`../../sdk/wasm/${name}.wasm`, import.meta.url));
    module = await WebAssembly.compile(new Uint8Array(bytes));
    extra = await nodeExtraKernels();
  });

  it('computes beyond 2 GiB as below', () => {
    const near = new SimdTrainingBackend(module, extra);
    const far = new SimdTrainingBackend(module, extra);
    // Reserved but never touched, so that it takes no memory of the machine.
    far.parts.blocks.memory.reserve(2 ** 31);
    agree(far, [any, [5, 70], [70, 33], [1, 33]], (e, out, x, w, b) => e.affineRelu(out, x, w, b));
    agree(far, [any, [1, 70], [9, 70]], (e, out, a, b) => e.multiply(out, a, b, 'right'));
    const random = new Random(1);
    const values = random.normals(70 * 33, 1);
    const x = random.normals(70, 1);
    for (const numbers of [values, Uint16Array.from(values, toFloat16), quantiseRows(values, 70)]) {
      const [here, there] = [near, far].map((engine) => {
        const out = engine.matrix(1, 1);
        const weight = engine.freeze(numbers, 70, 33);
        engine.affineRelu(out, engine.load(x, 1, 70), weight, engine.matrix(1, 33));
        return engine.read(out);
      });
      expect(there).toEqual(here);
    }
  });

  it('refuses what no memory has room for, and goes on', async () => {
    const backend = new SimdTrainingBackend(module, extra);
    const symmetric = await SimdSymmetric.start(backend);
    const refused = expect.objectContaining({ code: 'backend/memory' });
    for (const order of [33_000, 60_000]) {
      expect(() => symmetric.matrix(order)).toThrow(refused);
    }
    expect(() => backend.matrix(1e6, 1e6)).toThrow(refused);
    for (const [rows, columns] of [
      [4e6, 513],
      [40_000, 40_000],
    ] as const) {
      expect(() => backend.freeze(new Float32Array(), rows, columns)).toThrow(refused);
    }
    agree(backend, [any, [5, 70], [70, 33]], (e, out, a, b) => e.multiply(out, a, b));
  });

  it('gives no block to two matrices, however often one is disposed', () => {
    const backend = new SimdTrainingBackend(module, extra);
    const once = backend.load(new Float32Array(40).fill(1), 4, 10);
    const weight = backend.freeze(new Float32Array(40).fill(1), 4, 10);
    backend.dispose(once, weight);
    backend.dispose(once, weight);
    const [a, b, c, d] = [1, 2, 3, 4].map((v) => backend.load(new Float32Array(40).fill(v), 4, 10));
    [a, b, c, d].forEach((matrix, i) => {
      expect(matrix && backend.read(matrix)).toEqual(new Float32Array(40).fill(i + 1));
    });
  });

  it('freezes a large weight without holding it twice', () => {
    const backend = new SimdTrainingBackend(module, extra);
    const { memory } = backend.parts.kernels;
    const values = new Float32Array(2048 * 1024);
    backend.freeze(values, 2048, 1024);
    expect(memory.buffer.byteLength).toBeLessThan(values.byteLength * 1.05);
  });
});
