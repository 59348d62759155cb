/**
 * Ours against knn-classifier on what both are made for, features of a trained network:
 *
 *   node test/knn/compare-on-features.ts BACKBONE IMAGES
 *
 * BACKBONE is the folder of a tfjs LayersModel for images of 224 × 224 from −1 to 1 (`model.json`,
 * `weights.bin`), IMAGES an image set with ten classes that the SDK reads. Takes some minutes.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { type Dataset, loadDataset } from '../../sdk/src/node.ts';
import { type Backbone, tfjsBackbone } from '../../sdk/src/tfjs.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';
import { libraries } from './classifiers.ts';

const perClass = 100;

async function openBackbone(folder: string): Promise<Backbone> {
  const { modelTopology, weightsManifest } = JSON.parse(
    await readFile(join(folder, 'model.json'), 'utf8'),
  );
  const weightSpecs = weightsManifest.flatMap((group: { weights: unknown[] }) => group.weights);
  const weightData = new Uint8Array(await readFile(join(folder, 'weights.bin'))).buffer;
  const artifacts = { modelTopology, weightSpecs, weightData };
  const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  const scaling = { range: [0, 255], mean: [127.5], deviation: [127.5] } as const;
  const input = {
    width: 224,
    height: 224,
    channels: 3,
    ...scaling,
    fit: { mode: 'cover' },
  } as const;
  return tfjsBackbone(model as never, { input, batchSize: 16 });
}

/** The first images of each class. */
function choose(dataset: Dataset): Dataset {
  const { inputs, labels, classes, width, height, channels } = dataset;
  const counts = new Array<number>(classes.length).fill(0);
  const chosen = [...labels.keys()].filter((i) => {
    const label = labels[i] as number;
    counts[label] = (counts[label] as number) + 1;
    return (counts[label] as number) <= perClass;
  });
  const size = width * height * channels;
  const pixels = new Uint8Array(chosen.length * size);
  chosen.forEach((i, at) => {
    pixels.set(inputs.subarray(i * size, (i + 1) * size), at * size);
  });
  return { ...dataset, inputs: pixels, labels: labels.filter((_, i) => chosen.includes(i)) };
}

/** Share of the inputs decided rightly, in %. */
async function accuracy(
  library: keyof typeof libraries,
  training: Dataset,
  test: Dataset,
  count: number,
  k: number,
): Promise<number> {
  const classifier = libraries[library]();
  const row = ({ inputs, width }: Dataset, i: number): tf.Tensor =>
    tf.tensor(Float32Array.from(inputs.subarray(i * width, (i + 1) * width)));
  const counts = new Map<number, number>();
  training.labels.forEach((label, i) => {
    const seen = counts.get(label) ?? 0;
    counts.set(label, seen + 1);
    if (seen < count) classifier.addExample(row(training, i), label);
  });
  let right = 0;
  for (let i = 0; i < test.labels.length; i++) {
    const { label } = await classifier.predictClass(row(test, i), k);
    if (Number(label) === test.labels[i]) right++;
  }
  classifier.dispose();
  return (100 * right) / test.labels.length;
}

const [folder, images] = process.argv.slice(2) as [string, string];
await startTfjsInNode();
const backbone = await openBackbone(folder);
const [training, test] = (await Promise.all(
  (['train', 'test'] as const).map(async (split) =>
    backbone.embed(choose(await loadDataset(images, { split }))),
  ),
)) as [Dataset, Dataset];
for (const count of [1, 3, 10, 30, perClass]) {
  const ours = await accuracy('ours', training, test, count, 3);
  const theirs: number[] = [];
  for (const k of [1, 3, 10]) theirs.push(await accuracy('theirs', training, test, count, k));
  console.log(`${count} a class: ours ${ours}, knn-classifier of k = 1, 3, 10: ${theirs}`);
}
