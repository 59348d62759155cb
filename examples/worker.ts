/**
 * A Worker that tells what a PNG or JPEG shows: `curl --data-binary @seven.png WORKER`. Its
 * wrangler.toml needs a rule: `[[rules]]`, `type = "Data"`, `globs = ["**\/*.safetensors"]`,
 * `fallthrough = true`.
 */
import digits from '@hff-edge/sdk/digits.safetensors';
import { decodeImage } from '@hff-edge/sdk/images';
import { HffError, loadModel, warmUp } from '@hff-edge/sdk/worker';

await warmUp();
const model = loadModel(digits);

export default {
  async fetch(request: Request): Promise<Response> {
    try {
      const image = await decodeImage(new Uint8Array(await request.arrayBuffer()));
      return Response.json(await (await model).classify(image, { topK: 3 }));
    } catch (error) {
      if (!(error instanceof HffError)) throw error;
      return Response.json({ code: error.code, message: error.message }, { status: 422 });
    }
  },
};
