/** A Worker that takes a model's bytes and tells how much memory its life took. */
import { loadModel } from '@hff-edge/sdk/worker';
import { memoryBytes } from './watch-memory.ts';

export interface MemoryUse {
  /** Bytes after the model was loaded and used once for one sample and once for many. */
  readonly first: number;
  /** After 50 classifications more. */
  readonly last: number;
}

export default {
  async fetch(request: Request): Promise<Response> {
    const model = await loadModel(new Uint8Array(await request.arrayBuffer()));
    const { width, height, channels } = model.input;
    const sample = new Uint8Array(width * height * channels);
    const many = new Array<Uint8Array>(200).fill(sample);
    await model.classify(sample);
    await model.classifyBatch(many);
    const first = memoryBytes();
    for (let i = 0; i < 50; i++) await model.classifyBatch(i % 5 ? [sample] : many);
    model.dispose();
    return Response.json({ first, last: memoryBytes() } satisfies MemoryUse);
  },
};
