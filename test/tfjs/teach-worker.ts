/** A Worker that teaches a model on the features of a tfjs model from its static assets. */
import { featureModel } from '@hff-edge/sdk/features';
import { startTfjs, tfjsBackbone } from '@hff-edge/sdk/tfjs';
import { loadModel } from '@hff-edge/sdk/worker';
import * as tf from '@tensorflow/tfjs';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import { digitInput } from './digit-graph.ts';
import { everyDigit, teachDigits } from './teach-digits.ts';

export default {
  async fetch(_: Request, { ASSETS }: { ASSETS: { fetch: typeof fetch } }): Promise<Response> {
    await startTfjs(async () => simd);
    const files = tf.io.http('https://assets/net/model.json', {
      fetchFunc: (path, init) => ASSETS.fetch(path, init),
    });
    const backbone = await tfjsBackbone(await tf.loadGraphModel(files), { input: digitInput });
    const source = featureModel({ name: 'digits', dimensions: backbone.size, of: 'small-net' });
    const model = await loadModel(source);
    const embed = (images: Parameters<typeof backbone.featuresBatch>[0]) =>
      backbone.featuresBatch(images);
    return Response.json(await teachDigits(model, embed, everyDigit));
  },
};
