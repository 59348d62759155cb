/**
 * CIFAR-10 as MobileNet's features. They take minutes, so they are kept in `data/features`, which git
 * ignores.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { ContinualProgress } from '../../sdk/src/cli/continual-progress.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { subset } from '../../sdk/src/data/subset.ts';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import { writeSafetensors } from '../../sdk/src/format/write-safetensors.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { loadDataset, type Split } from '../../sdk/src/node.ts';
import { tfjsBackbone } from '../../sdk/src/tfjs/backbone.ts';
import { loadMobileNet } from '../../test/support/mobile-net.ts';
import { mobileNetInput } from '../../test/support/mobile-net-artifacts.ts';
import { startTfjsInNode } from '../../test/support/start-tfjs-node.ts';
import type { Labelled } from './learner.ts';

export interface EmbeddedSet extends Labelled {
  /** CPU time that the features of one image took. */
  readonly milliseconds: number;
}

const folder = new URL('../../data/features/', import.meta.url);

/**
 * `perClass` images of each class, drawn at random, class by class in turn.
 * @param side of the backbone's input
 */
export async function embedCifar(
  side: number,
  split: Split,
  perClass: number,
): Promise<EmbeddedSet> {
  const file = new URL(`mobilenet-${side}-cifar10-${split}-${perClass}.safetensors`, folder);
  if (!existsSync(file)) {
    await mkdir(folder, { recursive: true });
    await writeFile(file, await compute(side, split, perClass));
  }
  const { metadata, tensors } = readSafetensors(new Uint8Array(await readFile(file)));
  const raw = tensors.get('features')?.values as Float32Array;
  const labels = JSON.parse(metadata.get('labels') as string) as string[];
  const size = raw.length / labels.length;
  return {
    rows: labels.map((_, i) => unitRoots(raw.subarray(i * size, (i + 1) * size))),
    labels,
    milliseconds: Number(metadata.get('milliseconds')),
  };
}

async function compute(side: number, split: Split, perClass: number): Promise<Uint8Array> {
  await startTfjsInNode();
  const model = await loadMobileNet(side);
  const backbone = await tfjsBackbone(model, { input: mobileNetInput(side), batchSize: 16 });
  const images = inTurn(await loadDataset('cifar10', { split }), perClass);
  const bar = new ContinualProgress();
  const started = process.cpuUsage();
  const { inputs, labels, classes } = await backbone.embed(images, (done, total) => {
    bar.show(`${split} images at ${side} × ${side}`, done / total);
  });
  const { user, system } = process.cpuUsage(started);
  bar.stop();
  model.dispose();
  return writeSafetensors({
    metadata: new Map([
      ['labels', JSON.stringify(Array.from(labels, (label) => classes[label]))],
      ['milliseconds', String((user + system) / 1000 / labels.length)],
    ]),
    tensors: new Map([
      ['features', { shape: [labels.length, backbone.size], values: inputs as Float32Array }],
    ]),
  });
}

function inTurn(dataset: Dataset, perClass: number): Dataset {
  const { labels, classes } = dataset;
  const order = new Random(1).permutation(labels.length);
  const ofClass = classes.map((_, c) =>
    [...order].filter((i) => labels[i] === c).slice(0, perClass),
  );
  const places = Array.from({ length: perClass }, (_, place) => place);
  return subset(
    dataset,
    Uint32Array.from(places.flatMap((place) => ofClass.map((own) => own[place] as number))),
  );
}

/** √x at length 1: where features are means of what a ReLU lets through, roots tell more (see transfer.ts). */
function unitRoots(row: Float32Array): Float32Array {
  // The squares of roots are the features again.
  const length = Math.sqrt(row.reduce((sum, value) => sum + value, 0)) || 1;
  return row.map((value) => Math.sqrt(value) / length);
}
