/** The HTTP Worker's control: takes a sample, reads the model's file from its assets, and no more. */
import { emptyAnswer } from './answer.ts';

interface Env {
  readonly ASSETS: { fetch(address: string): Promise<Response> };
}

export default {
  async fetch(request: Request, { ASSETS }: Env): Promise<Response> {
    await request.arrayBuffer();
    const file = await ASSETS.fetch('https://assets.invalid/models/digits.safetensors');
    const { byteLength } = await file.arrayBuffer();
    return Response.json(emptyAnswer(byteLength));
  },
};
