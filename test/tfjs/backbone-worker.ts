/**
 * A Worker with a tfjs model, from its static assets, in front of HFF layers: takes a model of
 * features, classifies drawn digits with it.
 */
import { startTfjs, tfjsBackbone } from '@hff-edge/sdk/tfjs';
import { loadModel } from '@hff-edge/sdk/worker';
import * as tf from '@tensorflow/tfjs';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import { digitInput } from './digit-graph.ts';
import { drawnDigits, imagesOf } from './digit-training.ts';

export interface WorkerAnswer {
  readonly features: number[][];
  readonly labels: string[];
  /** Tensors after the first use, and after many more. */
  readonly tensors: readonly [number, number];
}

export default {
  async fetch(
    request: Request,
    { ASSETS }: { ASSETS: { fetch: typeof fetch } },
  ): Promise<Response> {
    await startTfjs(async () => simd);
    const files = tf.io.http('https://assets/net/model.json', {
      fetchFunc: (path, init) => ASSETS.fetch(path, init),
    });
    const backbone = await tfjsBackbone(await tf.loadGraphModel(files), { input: digitInput });
    const model = await loadModel(new Uint8Array(await request.arrayBuffer()));
    const images = imagesOf(drawnDigits(50, 2));
    const features = await backbone.featuresBatch(images);
    const classifications = await model.classifyBatch(features);
    const first = tf.memory().numTensors;
    for (let i = 0; i < 10; i++) await backbone.featuresBatch(images);
    const answer: WorkerAnswer = {
      features: features.map((row) => [...row]),
      labels: classifications.map(({ label }) => label),
      tensors: [first, tf.memory().numTensors],
    };
    return Response.json(answer);
  },
};
