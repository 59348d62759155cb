/** One learner in a process of its own: `node bench/thousand/measure-one.ts NAME` prints a row as JSON. */
import { startTfjsInNode } from '../../test/support/start-tfjs-node.ts';
import { rivals, sums } from '../transfer/kinds.ts';
import { accuracy, type Learner, part } from '../transfer/learner.ts';
import { dimensions, inventSamples } from './invent-classes.ts';
import { NeighboursOneByOne } from './neighbours-one-by-one.ts';

const perClass = 5;
const timed = 100;
/** Decisions right after learning: a head is made anew. */
const refreshed = 5;

const learners: Record<string, () => Promise<Learner>> = {
  [sums.name]: () => sums.make(dimensions, []),
  'class means, cosine': async () => (await rivals()).means.make(dimensions, []),
  'streaming LDA': async () => (await rivals()).lda.make(dimensions, []),
  'knn-classifier, k = 3': async () => new NeighboursOneByOne(),
};

export interface Measured {
  /** ms of CPU. */
  readonly learnOne: number;
  readonly firstDecision: number;
  readonly decision: number;
  /** %. */
  readonly accuracy: number;
  readonly bytes: number;
  /** Of the process: more than before it learned, with learner and engine. */
  readonly memory: number;
}

export interface Failed {
  readonly failed: string;
}

async function cpuTime(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** @param name of a learner */
async function measureOne(name: string): Promise<Measured> {
  const training = inventSamples(perClass, 1);
  const test = inventSamples(1, 2);
  await startTfjsInNode();
  const before = process.memoryUsage.rss();
  const learner = await (learners[name] as () => Promise<Learner>)();
  const most = training.labels.length - timed;
  const learn = async (from: number, to: number): Promise<void> => {
    for (let i = from; i < to; i++) await learner.learn(part(training, i, i + 1));
  };
  await learn(0, most);
  const learnOne = (await cpuTime(() => learn(most, most + timed))) / timed;
  const ask = (i: number) => learner.decide(test.rows.slice(i, i + 1));
  await ask(0);
  const decision =
    (await cpuTime(async () => {
      for (let i = 0; i < timed; i++) await ask(i);
    })) / timed;
  const share = await accuracy(learner, test);
  let firstDecision = 0;
  for (let i = 0; i < refreshed; i++) {
    await learn(i, i + 1);
    firstDecision += (await cpuTime(() => ask(i))) / refreshed;
  }
  return {
    learnOne,
    firstDecision,
    decision,
    accuracy: share,
    bytes: await learner.bytes(),
    memory: process.memoryUsage.rss() - before,
  };
}

const [name] = process.argv.slice(2);
if (!name || !(name in learners)) throw new Error(`Expected one of ${Object.keys(learners)}.`);
const answer = await measureOne(name).catch((error: Error) => ({
  failed: String(error).slice(0, 200),
}));
process.send?.(answer);
process.disconnect?.();
