/** The tfjs entry, as a page uses it; the tests call these functions in this page. */
/// <reference types="vite/client" />
import { loadModel } from '@hff-edge/sdk';
import { featureModel } from '@hff-edge/sdk/features';
import {
  type Backbone,
  beginTraining,
  HffError,
  Model,
  type Snapshot,
  startTfjs,
  tfjsBackbone,
  tfjsBackend,
} from '@hff-edge/sdk/tfjs';
import * as tf from '@tensorflow/tfjs';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { mobileNetArtifacts, mobileNetInput } from '../../support/mobile-net-artifacts.ts';
import { digitGraph, digitInput } from '../digit-graph.ts';
import { drawnDigits, imagesOf, shortPlan } from '../digit-training.ts';
import {
  type Answers,
  everyDigit,
  type Lesson,
  teachDigits,
  threeDigits,
} from '../teach-digits.ts';

export interface Learned {
  /** Of tfjs, while it learned. */
  readonly backend: string;
  /** Of each epoch and layer. */
  readonly losses: number[];
  /** Share of unseen digits that the trained model decides rightly. */
  readonly accuracy: number;
  /** Tensors before, and after everything was disposed. */
  readonly tensors: readonly [number, number];
}

export interface Extracted {
  readonly backend: string;
  readonly features: number[][];
  readonly tensors: readonly [number, number];
}

declare global {
  var learnDigits: (backend: string) => Promise<Learned>;
  var extractFeatures: (backend: string) => Promise<Extracted>;
  /** @returns the code with which training is refused */
  var learnInHalfPrecision: () => Promise<string>;
  var teachOnSmallNet: () => Promise<Answers>;
  /** @param folder address of MobileNet's files */
  var teachOnMobileNet: (folder: string, side: number) => Promise<Answers>;
}

async function activate(backend: string): Promise<void> {
  await startTfjs(() => WebAssembly.compileStreaming(fetch(simd)));
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs backend ${backend}: did not start`);
}

globalThis.learnDigits = async (backend) => {
  await activate(backend);
  const before = tf.memory().numTensors;
  const dataset = drawnDigits(600, 1);
  const training = await beginTraining(dataset, shortPlan(dataset, 4));
  const losses: number[] = [];
  await training.run({
    onEpoch: ({ layers }) => void losses.push(...layers.map(({ loss }) => loss)),
  });
  const model = new Model(await tfjsBackend(), training.best() as Snapshot);
  const test = drawnDigits(100, 2);
  const classified = await model.classifyBatch(imagesOf(test));
  const right = classified.filter(({ label }, i) => Number(label) === test.labels[i]).length;
  model.dispose();
  const tensors = [before, tf.memory().numTensors] as const;
  return { backend: tf.getBackend(), losses, accuracy: right / 100, tensors };
};

globalThis.extractFeatures = async (backend) => {
  await activate(backend);
  const graph = await digitGraph();
  const backbone = await tfjsBackbone(graph, { input: digitInput });
  const before = tf.memory().numTensors;
  const features = await backbone.featuresBatch(imagesOf(drawnDigits(40, 3)));
  const tensors = [before, tf.memory().numTensors] as const;
  graph.dispose();
  return { backend: tf.getBackend(), features: features.map((row) => [...row]), tensors };
};

globalThis.learnInHalfPrecision = async () => {
  tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', false);
  await activate('webgl');
  const dataset = drawnDigits(20, 1);
  try {
    await beginTraining(dataset, shortPlan(dataset, 1));
    return 'begun';
  } catch (error) {
    return error instanceof HffError ? error.code : String(error);
  }
};

async function teach(backbone: Backbone, of: string, lesson: Lesson): Promise<Answers> {
  const model = await loadModel(featureModel({ name: 'digits', dimensions: backbone.size, of }));
  return teachDigits(model, (images) => backbone.featuresBatch(images), lesson);
}

globalThis.teachOnSmallNet = async () => {
  await activate('hff-wasm');
  const backbone = await tfjsBackbone(await digitGraph(), { input: digitInput });
  return teach(backbone, 'small-net', everyDigit);
};

globalThis.teachOnMobileNet = async (folder, side) => {
  await activate('hff-wasm');
  const description = await (await fetch(`${folder}/model.json`)).json();
  const weights = await (await fetch(`${folder}/weights.bin`)).arrayBuffer();
  const artifacts = mobileNetArtifacts(description, weights, side);
  const net = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  const backbone = await tfjsBackbone(net, { input: mobileNetInput(side) });
  return teach(backbone, 'mobilenet', threeDigits);
};
