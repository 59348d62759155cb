/** A backend for training in the memory of one that is there already, as layers learn again. */
import { expect, it } from 'vitest';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { SimdTrainingBackend } from '../../sdk/src/backend/simd/simd-training-backend.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { agree } from './engines.ts';

const values = new Random(1).normals(9 * 70, 1);

async function start(): Promise<[SimdBackend, SimdTrainingBackend]> {
  const backend = new SimdBackend(await nodeKernels());
  return [backend, new SimdTrainingBackend(backend, await nodeExtraKernels())];
}

it('works on the matrices of the other, and the other on its own', async () => {
  const [backend, training] = await start();
  const source = backend.load(values, 9, 70);
  const squares = training.matrix(1, 1);
  training.hadamard(squares, source, source);
  expect(backend.read(squares)).toEqual(values.map((value) => value * value));
  training.dispose(source);
  backend.dispose(squares);
});

it('leaves what it does not write as it is', async () => {
  const [backend, training] = await start();
  const kept = backend.load(values, 9, 70);
  const weight = backend.freeze(values, 9, 70);
  const [out, bias] = [backend.matrix(1, 1), backend.matrix(1, 70)];
  const sample = backend.load(values.subarray(0, 9), 1, 9);
  backend.affineRelu(out, sample, weight, bias);
  const before = backend.read(out);
  agree(
    training,
    [
      [1, 1],
      [64, 70],
      [64, 33],
    ],
    (e, product, a, b) => {
      e.multiply(product, a, b, 'left');
      e.normaliseRows(a);
      e.columnSums(b, a);
    },
  );
  backend.affineRelu(out, sample, weight, bias);
  expect(backend.read(out)).toEqual(before);
  expect(backend.read(kept)).toEqual(values);
});

it('takes the room that the other gave back', async () => {
  const [backend, training] = await start();
  const { memory } = backend.parts.kernels;
  backend.dispose(backend.matrix(1000, 1000));
  const { byteLength } = memory.buffer;
  const again = training.matrix(1000, 1000);
  expect(memory.buffer.byteLength).toBe(byteLength);
  training.dispose(again);
});
