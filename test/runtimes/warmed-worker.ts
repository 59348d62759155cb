/** A Worker that warms up as it starts, and classifies blank paper with the model it is sent. */
import { loadModel, warmUp } from '@hff-edge/sdk/worker';

await warmUp();

export default {
  async fetch(request: Request): Promise<Response> {
    const model = await loadModel(new Uint8Array(await request.arrayBuffer()));
    const { width, height, channels } = model.input;
    return Response.json(await model.classify(new Uint8Array(width * height * channels)));
  },
};
