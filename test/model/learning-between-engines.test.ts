/** What one engine learned another forgets, though each rounds in its own way. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeExtraKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import type { Storage } from '../../sdk/src/index.ts';
import { Model } from '../../sdk/src/node.ts';
import { answers, draw, drawAll, drawnModel, expectSameAnswers } from './drawn-model.ts';

async function start(kernels: string, file: Uint8Array): Promise<Model> {
  const binary = await readFile(new URL(`../../sdk/wasm/${kernels}.wasm`, import.meta.url));
  return Model.load(new SimdBackend(await WebAssembly.compile(binary), nodeExtraKernels), file);
}

let source: Model;

beforeAll(async () => {
  source = await drawnModel();
});

afterAll(() => source.dispose());

it.each<Storage>(['float32', 'int8'])('in %s', async (storage) => {
  const file = await source.export(storage);
  const plain = await start('kernels', file);
  const relaxed = await start('kernels-relaxed', file);
  const eights = drawAll([8], 5);
  for (const sample of eights) await plain.learn(sample, 'eight');
  await plain.learnBatch(drawAll([9], 5), new Array(5).fill('nine'));
  await plain.learn(draw(9, 50), '7');
  await relaxed.merge(plain);

  await relaxed.relabel(draw(9, 50), '7', 'nine');
  for (const sample of eights) await relaxed.forget(sample, 'eight');
  await relaxed.forget(draw(9, 3), 'nine');
  await expect(relaxed.forget(draw(9, 3), 'nine')).rejects.toMatchObject({
    code: 'learn/not-learned',
  });
  await expect(relaxed.forget(draw(9, 60), 'nine')).rejects.toMatchObject({
    code: 'learn/not-learned',
  });
  await plain.merge(relaxed);
  expect((await plain.classes()).slice(7)).toEqual([
    { label: '7', base: expect.any(Number), learned: 0 },
    { label: 'nine', base: 0, learned: 5 },
  ]);

  const other = await start('kernels', file);
  await other.learnBatch(
    drawAll([9], 5).filter((_, i) => i !== 3),
    new Array(4).fill('nine'),
  );
  await other.learn(draw(9, 50), 'nine');
  expectSameAnswers(await answers(plain), await answers(other));
  for (const model of [plain, relaxed, other]) model.dispose();
});
