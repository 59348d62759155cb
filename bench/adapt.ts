/**
 * What adapting layers brings where digits come in a way that the model never saw, and what it costs on
 * digits as they were; beside it the layers as they are, with the same samples learned. Samples are
 * drawn from the first half of MNIST's test set and judged by 1,000 of the second half, in two draws.
 */
import { readFile } from 'node:fs/promises';
import { readSnapshot, type Snapshot } from '../sdk/src/format/snapshot.ts';
import { addStatistics, loadDataset, loadModel, type Model } from '../sdk/src/node.ts';
import { renewStatistics } from './adapt/renew-statistics.ts';
import { type Digits, type Domain, drawDigits, shifted, upright } from './adapt/shifted-digits.ts';
import { withSpread } from './statistics.ts';

/** Samples of each class, of the new kind and of the old. */
const lessons = [
  [20, 20],
  [100, 100],
  [50, 5],
  [50, 0],
] as const;
/** Of the draws and of the adaptations. */
const seeds = [1, 2];
const judges = 100;

type Shares = readonly [shifted: number, upright: number];

interface Trial {
  readonly asItIs: Shares;
  readonly learned: Shares;
  readonly renewed: Shares;
  readonly adapted: Shares;
  readonly check: string;
  readonly seconds: number;
}

export async function measureAdapt(): Promise<Record<string, string>[]> {
  const snapshot = await digitsModel();
  const test = await loadDataset('mnist', { split: 'test' });
  const draw = (part: number, count: number, domain: Domain, seed: number): Digits =>
    drawDigits(test, [5000 * part, 5000 * (part + 1)], count, domain, seed);
  const rows: Record<string, string>[] = [];
  for (const [name, domain] of Object.entries(shifted)) {
    const judged = [draw(1, judges, domain, 100), draw(1, judges, upright, 100)];
    for (const [ofNew, ofOld] of lessons) {
      const trials: Trial[] = [];
      for (const seed of seeds) {
        const lesson = [draw(0, ofNew, domain, 2 * seed), draw(0, ofOld, upright, 2 * seed + 1)];
        trials.push(await compare(snapshot, joined(lesson), judged, seed));
      }
      const points = (way: 'asItIs' | 'learned' | 'renewed' | 'adapted'): string =>
        [0, 1]
          .map((place) => trials.map((trial) => 100 * (trial[way][place] as number)))
          .map((shares) => withSpread(shares, 1))
          .join(' / ');
      rows.push({
        'new / old, %': name,
        'per class': `${ofNew} / ${ofOld}`,
        'as it is': points('asItIs'),
        'samples learned': points('learned'),
        'statistics renewed': points('renewed'),
        adapted: points('adapted'),
        'check before → after': trials.map(({ check }) => check).join(', '),
        seconds: withSpread(
          trials.map(({ seconds }) => seconds),
          1,
        ),
      });
    }
  }
  return rows;
}

async function compare(
  snapshot: Snapshot,
  { samples, labels }: Digits,
  judged: readonly Digits[],
  seed: number,
): Promise<Trial> {
  const frozen = await loadModel(snapshot);
  const asItIs = await shares(frozen, judged);
  const renewed = await renewStatistics(snapshot, { samples, labels });
  await frozen.learnBatch(samples, labels);
  const model = await loadModel(snapshot);
  const started = performance.now();
  const { kept, before, after } = await model.adapt({ samples, labels, seed });
  const seconds = (performance.now() - started) / 1000;
  const trial = {
    asItIs,
    learned: await shares(frozen, judged),
    renewed: await shares(renewed, judged),
    adapted: await shares(model, judged),
    check: `${(100 * before).toFixed(1)} → ${(100 * after).toFixed(1)}${kept ? '' : ' (not kept)'}`,
    seconds,
  };
  for (const each of [frozen, renewed, model]) each.dispose();
  return trial;
}

async function shares(model: Model, judged: readonly Digits[]): Promise<Shares> {
  const [ofNew, ofOld] = await Promise.all(
    judged.map(async ({ samples, labels }) => {
      const decided = await model.classifyBatch(samples, { topK: 1 });
      return decided.filter(({ label }, i) => label === labels[i]).length / labels.length;
    }),
  );
  return [ofNew as number, ofOld as number];
}

function joined(parts: readonly Digits[]): Digits {
  return {
    samples: parts.flatMap(({ samples }) => samples),
    labels: parts.flatMap(({ labels }) => labels),
  };
}

/** `models/digits`, or the model that HFF_MODEL names. */
async function digitsModel(): Promise<Snapshot> {
  const path =
    process.env.HFF_MODEL ?? new URL('../models/digits/digits.safetensors', import.meta.url);
  const bytes = await readFile(path);
  const snapshot = readSnapshot(bytes);
  if (snapshot.spec.statistics) return snapshot;
  return addStatistics(bytes, await loadDataset('mnist', { split: 'train' }));
}
