/** Applications whose size is compared: each classifies, and learns where its library can. */
import { createRequire } from 'node:module';
import type { Platform } from '../../scripts/bundle-parts.ts';

export interface Subject {
  readonly name: string;
  /** The application's module. */
  readonly contents: string;
  readonly platform?: Platform;
  /** Files that it fetches before it can decide, beside its scripts. */
  readonly fetched?: readonly string[];
}

const { resolve } = createRequire(import.meta.url);

const forBrowsers: Platform = { platform: 'browser', conditions: ['browser'] };
const forWorkers: Platform = { conditions: ['workerd', 'worker', 'browser'] };

const entry = (path: string, platform: Platform): Subject => ({
  name: `hff-edge ${path}`,
  contents: `export * from '@hff-edge/sdk${path.slice(1)}'`,
  platform,
});

export const subjects: readonly Subject[] = [
  {
    name: 'hff-edge, classify and learn',
    contents: `import { loadModel } from '@hff-edge/sdk';
      const model = await loadModel('/model.safetensors');
      export const classify = (sample) => model.classify(sample);
      export const learn = (sample, label) => model.learn(sample, label);`,
    platform: forBrowsers,
  },
  entry('.', forBrowsers),
  entry('./knn', forBrowsers),
  { ...entry('./knn', forWorkers), name: 'hff-edge ./knn in Workers' },
  entry('./stores', forBrowsers),
  entry('./features', forBrowsers),
  entry('./images', forBrowsers),
  entry('./worker', forWorkers),
  { ...entry('./images', forWorkers), name: 'hff-edge ./images in Workers' },
  {
    name: 'tfjs-core, backend-wasm, knn-classifier: predictClass and addExample',
    contents: `import { setBackend, tensor } from '@tensorflow/tfjs-core';
      import '@tensorflow/tfjs-backend-wasm';
      import { create } from '@tensorflow-models/knn-classifier';
      await setBackend('wasm');
      const classifier = create();
      export const classify = (sample) => classifier.predictClass(tensor(sample));
      export const learn = (sample, label) => classifier.addExample(tensor(sample), label);`,
    platform: forBrowsers,
    fetched: [resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')],
  },
  {
    name: '@tensorflow/tfjs, all of it',
    contents: `import * as tf from '@tensorflow/tfjs'; globalThis.tf = tf;`,
    platform: forBrowsers,
  },
  {
    name: 'onnxruntime-web/wasm: run only',
    contents: `import { InferenceSession, Tensor } from 'onnxruntime-web/wasm';
      const session = await InferenceSession.create('/model.onnx');
      export const classify = (sample) => session.run({ x: new Tensor('float32', sample) });`,
    platform: forBrowsers,
    fetched: [resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')],
  },
  {
    name: 'ml-knn',
    contents: `import KNN from 'ml-knn';
      export const learn = (samples, labels) => new KNN(samples, labels);
      export const classify = (knn, sample) => knn.predict(sample);`,
    platform: forBrowsers,
  },
];
