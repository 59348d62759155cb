/**
 * What learning costs on our engine at D = 1000 (784-500-500): one sample, the head for 100 classes
 * after it, and a decision by the head beside one by trained prototypes. Rounds of all alternate.
 */
import type { Dataset } from '../sdk/src/data/dataset.ts';
import type { Model } from '../sdk/src/model.ts';
import { loadModel } from '../sdk/src/node.ts';
import { noiseImages, untaughtModel } from './learning/untaught-model.ts';
import { median, withSpread } from './statistics.ts';

const rounds = 15;
const decisions = 500;
const size = 784;

export async function measureLearning(): Promise<Record<string, string>[]> {
  const dataset = noiseImages();
  const image = (n: number) => dataset.inputs.subarray(n * size, (n + 1) * size);
  const rows: Record<string, string>[] = [];
  const add = (operation: string, times: readonly number[], ratio = ''): void => {
    rows.push({ operation, ms: withSpread(times, 3), 'head / prototypes': ratio });
  };

  const snapshot = await untaughtModel(dataset, 1);
  for (const classes of [10, 100]) {
    const model = await loadModel(snapshot);
    for (let c = 10; c < classes; c++) {
      await model.learnBatch([image(c), image(c + 100), image(c + 200)], [`${c}`, `${c}`, `${c}`]);
    }
    const times = await learnInTurns(model, image);
    for (const [operation, ms] of Object.entries(times))
      add(`${operation}, ${classes} classes`, ms);
    model.dispose();
  }

  for (const prototypes of [1, 3]) {
    const { spec, weights } = await untaughtModel(dataset, prototypes);
    const { statistics: _, ...plain } = spec;
    const ofLayers = new Map([...weights].filter(([name]) => name.startsWith('layers.')));
    const head = await loadModel({ spec, weights });
    const byPrototypes = await loadModel({ spec: plain, weights: ofLayers });
    const times = { head: [] as number[], prototypes: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const ours = await classifyAll(head, image);
      const theirs = await classifyAll(byPrototypes, image);
      if (round === 0) continue;
      times.head.push(ours);
      times.prototypes.push(theirs);
    }
    const ratios = times.head.map((ms, i) => ms / (times.prototypes[i] as number));
    add(`classify by ${prototypes} prototypes a class and layer`, times.prototypes);
    add('classify by the head', times.head, withSpread(ratios));
  }
  return rows;
}

/** Learning one sample in three ways, and the head made anew: a first decision less a further one. */
async function learnInTurns(
  model: Model,
  image: (n: number) => Dataset['inputs'],
): Promise<Record<string, number[]>> {
  const { learner, features } = await partsOf(model);
  const times: Record<string, number[]> = {};
  const add = (name: string, ms: number): void => {
    times[name] ??= [];
    times[name].push(ms);
  };
  for (let round = 0; round <= rounds; round++) {
    const row = features(image(round));
    const { state } = learner;
    const learned = await timed(() => state.take(state.plan.learn(['new'], [row])));
    const plain = await timed(() => model.learn(image(round), 'new', { augment: false }));
    const views = await timed(() => model.learn(image(round + 100), 'new'));
    const first = await timed(() => model.classify(image(0)));
    const more: number[] = [];
    for (let i = 0; i < 9; i++) more.push(await timed(() => model.classify(image(0))));
    if (round === 0) continue;
    add('learn one sample, features given', learned);
    add('learn one sample', plain);
    add('learn one sample in nine views', views);
    add('refresh', first - median(more));
  }
  return times;
}

async function partsOf(model: Model) {
  const learning = await model.learning();
  const { mean, deviation } = model.input;
  const features = (raw: Dataset['inputs']): Float32Array => {
    const sample = Float32Array.from(
      raw,
      (value) => (value - (mean[0] ?? 0)) / (deviation[0] ?? 1),
    );
    return learning.features(sample, false);
  };
  return { learner: learning.learner, features };
}

/** @returns milliseconds per sample */
async function classifyAll(model: Model, image: (n: number) => Dataset['inputs']): Promise<number> {
  const total = await timed(async () => {
    for (let n = 0; n < decisions; n++) await model.classify(image(n));
  });
  return total / decisions;
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
