/** A Worker that takes a model's bytes and tells how many tensors its life left behind. */
import { loadModel } from '@hff-edge/sdk/worker';
import * as tf from '@tensorflow/tfjs-core';

export interface TensorCounts {
  /** After the model was loaded and used once. */
  readonly first: number;
  /** After 50 classifications more. */
  readonly last: number;
  /** After the model was disposed. */
  readonly disposed: number;
}

export default {
  async fetch(request: Request): Promise<Response> {
    const model = await loadModel(new Uint8Array(await request.arrayBuffer()));
    const { width, height, channels } = model.input;
    const sample = new Uint8Array(width * height * channels);
    await model.classify(sample);
    const first = tf.memory().numTensors;
    for (let i = 0; i < 50; i++) {
      // One sample or, every fifth time, more than go through the network at once.
      await model.classifyBatch(new Array<Uint8Array>(i % 5 ? 1 : 200).fill(sample));
    }
    const last = tf.memory().numTensors;
    model.dispose();
    const counts: TensorCounts = { first, last, disposed: tf.memory().numTensors };
    return Response.json(counts);
  },
};
