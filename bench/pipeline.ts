/**
 * An epoch of training with all layers on one thread and with each on a thread of its own, in turns; on
 * noise in the shape of the data. Both must end with the same bytes.
 */
import { beginTraining, designModel, type TrainingPlan } from '../sdk/src/node.ts';
import { median, withSpread } from './statistics.ts';
import { randomImages } from './training/random-images.ts';

const rounds = 3;
const batchSize = 128;
const batches = 40;
const holdout = 1 / 16;

interface Work {
  readonly net: string;
  readonly shape: { readonly width: number; readonly height: number; readonly channels: number };
  readonly units: readonly (number | { readonly channels: number })[];
}

const works: readonly Work[] = [
  {
    net: 'CIFAR-10, 48-96-192-384 convolutions',
    shape: { width: 32, height: 32, channels: 3 },
    units: [48, 96, 192, 384].map((channels) => ({ channels })),
  },
  {
    net: 'MNIST, 32-64-128 convolutions',
    shape: { width: 28, height: 28, channels: 1 },
    units: [32, 64, 128].map((channels) => ({ channels })),
  },
  {
    net: 'MNIST, 784-1000-1000-1000',
    shape: { width: 28, height: 28, channels: 1 },
    units: [1000, 1000, 1000],
  },
];

export async function measurePipeline(): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const work of works) rows.push(await measure(work));
  return rows;
}

async function measure({ net, shape, units }: Work): Promise<Record<string, string>> {
  const samples = Math.round((batches * batchSize) / (1 - holdout));
  const dataset = randomImages(samples, shape);
  const design = { name: 'bench', prototypes: 1, sharpness: 30, scale: 40, fit: null };
  const plan: TrainingPlan = {
    spec: designModel(dataset, { ...design, units }),
    options: {
      epochs: 2,
      batchSize,
      learningRate: 5e-3,
      margin: 0,
      dropout: 0,
      noise: 0,
      augment: { shift: 4, rotate: 0, zoom: 0, flip: true },
      seed: 1,
    },
    holdoutShare: holdout,
    data: 'bench',
  };
  /** Bytes of the run, and seconds of its second epoch: all threads have started by then. */
  const run = async (pipeline: boolean): Promise<[Uint8Array, number]> => {
    const training = await beginTraining(dataset, plan, { pipeline });
    const epochs: number[] = [];
    await training.run({ onEpoch: ({ seconds }) => void epochs.push(seconds) });
    return [training.checkpoint(), epochs.at(-1) as number];
  };
  const alone: number[] = [];
  const together: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [expected, secondsAlone] = await run(false);
    const [bytes, seconds] = await run(true);
    if (Buffer.compare(expected, bytes) !== 0) throw new Error(`${net}: not the same bytes.`);
    alone.push(secondsAlone);
    together.push(seconds);
  }
  return {
    net,
    'one thread, s': withSpread(alone),
    'a thread for each layer, s': withSpread(together),
    'times faster': withSpread(alone.map((seconds, i) => seconds / (together[i] as number))),
    '60,000 images, minutes': ((median(together) / (batches * batchSize)) * 1000).toFixed(1),
  };
}
