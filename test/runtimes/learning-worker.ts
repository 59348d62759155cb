/** A Worker that teaches the model it is sent. */
import { loadModel } from '@hff-edge/sdk/worker';
import { learnDigits } from './learn-digits.ts';

export default {
  async fetch(request: Request): Promise<Response> {
    const model = await loadModel(new Uint8Array(await request.arrayBuffer()));
    return Response.json(await learnDigits(model));
  },
};
