/**
 * A model with convolutions takes room for its first image; classifying others needs no block, no matrix
 * and no memory more.
 */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { loadModel, Model } from '../../sdk/src/node.ts';
import { convolvedFile, trainConvolved } from './convolved-model.ts';
import { drawAll } from './drawn-model.ts';

const images = drawAll([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4);
let files: Record<string, Uint8Array>;

beforeAll(async () => {
  const trained = await trainConvolved();
  const float32 = await convolvedFile(trained);
  const int8 = await (await loadModel(float32)).export('int8');
  files = { float32, int8, 'no head': await (await loadModel(trained)).export() };
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** What an engine was asked for and has, from now on. */
function watch(backend: SimdBackend) {
  const { memory } = backend.parts.blocks;
  const asked = [
    vi.spyOn(memory, 'reserve'),
    vi.spyOn(memory, 'release'),
    vi.spyOn(backend, 'matrix'),
    vi.spyOn(backend, 'load'),
    vi.spyOn(backend, 'freeze'),
  ];
  return {
    requests: () => asked.reduce((sum, { mock }) => sum + mock.calls.length, 0),
    bytes: () => backend.parts.kernels.memory.buffer.byteLength,
  };
}

describe.each(['float32', 'int8', 'no head'])('%s', (name) => {
  it('needs no more room after the first image', async () => {
    const backend = new SimdBackend(await nodeKernels(), nodeExtraKernels);
    const model = await Model.load(backend, files[name] as Uint8Array);
    const { requests, bytes } = watch(backend);
    await model.classify(images[0] as Uint8Array);
    const first = [requests(), bytes()];
    expect(first[0]).toBeGreaterThan(0);
    for (const image of images) await model.classify(image);
    expect([requests(), bytes()]).toEqual(first);

    await model.classifyBatch(images);
    const many = [requests(), bytes()];
    expect(many[0]).toBeGreaterThan(first[0] as number);
    for (const image of images) await model.classify(image);
    await model.classifyBatch(images);
    expect([requests(), bytes()]).toEqual(many);
  });
});
