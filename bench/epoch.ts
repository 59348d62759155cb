/**
 * An epoch of `hff train --data mnist` on our engine and on tfjs (WebAssembly), in turns; on noise in
 * the shape of MNIST where MNIST is not on this machine.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeExtraKernels, nodeKernels } from '../sdk/src/backend/simd/node-kernels.ts';
import { SimdTrainingBackend } from '../sdk/src/backend/simd/simd-training-backend.ts';
import { TfjsBackend } from '../sdk/src/backend/tfjs/tfjs-backend.ts';
import type { TrainingBackend } from '../sdk/src/backend/training-backend.ts';
import type { Dataset } from '../sdk/src/data/dataset.ts';
import { loadDataset } from '../sdk/src/data/load-dataset.ts';
import { layersHere } from '../sdk/src/train/layers-here.ts';
import type { EpochReport } from '../sdk/src/train/train.ts';
import { Training } from '../sdk/src/train/training.ts';
import type { TrainingPlan } from '../sdk/src/train/training-plan.ts';
import { startTfjsInNode } from '../test/support/start-tfjs-node.ts';
import { withSpread } from './statistics.ts';
import { defaultPlan } from './training/default-plan.ts';
import { randomImages } from './training/random-images.ts';
import { checkLosses } from './training/time-steps.ts';

const units = [500, 500, 500];
const batchSize = 256;
const holdoutShare = 0.05;
const rounds = 3;

export async function measureEpoch(): Promise<Record<string, string>[]> {
  await startTfjsInNode();
  const kernels = await nodeKernels();
  const extra = await nodeExtraKernels();
  const [data, dataset] = await trainingSet();
  const plan = defaultPlan(dataset, units, batchSize, holdoutShare);
  const ours: EpochReport[] = [];
  const tfjs: EpochReport[] = [];
  for (let round = 0; round < rounds; round++) {
    const own = await trainEpoch(new SimdTrainingBackend(kernels, extra), dataset, plan);
    const other = await trainEpoch(new TfjsBackend(), dataset, plan);
    checkLosses(lossesOf(own), lossesOf(other));
    ours.push(own);
    tfjs.push(other);
  }
  const ratios = tfjs.map(({ seconds }, i) => seconds / (ours[i] as EpochReport).seconds);
  return [
    {
      data,
      net: [784, ...units].join('-'),
      batch: String(batchSize),
      'epoch, s': withSpread(ours.map(({ seconds }) => seconds)),
      'epoch on tfjs, s': withSpread(tfjs.map(({ seconds }) => seconds)),
      'tfjs / ours': withSpread(ratios),
      'held-out accuracy': accuracyOf(ours),
      'held-out accuracy on tfjs': accuracyOf(tfjs),
    },
  ];
}

async function trainingSet(): Promise<[name: string, Dataset]> {
  const folder = process.env.HFF_DATA_DIR ?? 'data';
  if (existsSync(join(folder, 'mnist')))
    return ['MNIST', await loadDataset('mnist', { split: 'train' })];
  return ['noise', randomImages(60_000)];
}

async function trainEpoch(
  backend: TrainingBackend,
  dataset: Dataset,
  plan: TrainingPlan,
): Promise<EpochReport> {
  const training = new Training(layersHere(backend), dataset, plan);
  const reports: EpochReport[] = [];
  await training.run({ onEpoch: (report) => void reports.push(report) });
  return reports[0] as EpochReport;
}

function lossesOf({ layers }: EpochReport): number[] {
  return layers.map(({ loss }) => loss);
}

/** The same in every round: nothing in training is left to chance. */
function accuracyOf([report]: readonly EpochReport[]): string {
  return (report as EpochReport).holdoutAccuracy.toFixed(4);
}
