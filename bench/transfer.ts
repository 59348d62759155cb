/**
 * Transfer learning: CIFAR-10 on the features of a frozen MobileNet (v1 1.0 224, ImageNet, up to
 * `conv_pw_12_relu`, its maps averaged: 1024 numbers). Learners see the same features, square roots at
 * length 1, and the same images: ten draws of up to 100 of each class, no image in two of them; all
 * 10,000 test images decide. Slow learners see three draws. The images are 32 × 32, kept as JPEG, and
 * enlarged.
 *
 * Needs `cifar10` and `mobilenet-v1-1.0-224-to-pw12` in HFF_DATA_DIR; features are computed once.
 */
import { summarise } from '../sdk/src/continual/summary.ts';
import { hasMobileNet, mobileNetFolder } from '../test/support/mobile-net.ts';
import { startTfjsInNode } from '../test/support/start-tfjs-node.ts';
import { embedCifar } from './transfer/embed-cifar.ts';
import { both, type Kind, layer, rivals, softmax, sums, sumsOfSquares } from './transfer/kinds.ts';
import { accuracy, type Labelled, ofClass, part } from './transfer/learner.ts';

const usualSide = 128;
const sides = [96, usualSide, 224];
const classes = 10;
const draws = 10;
const most = 100;
const shots = [1, 5, 20, most];
/** Test images of each class, at sizes of input that are only compared. */
const compared = 100;

type Row = Record<string, string>;

export async function measureTransfer(): Promise<Row[]> {
  if (!hasMobileNet) throw new Error(`There is no model.json in ${mobileNetFolder}.`);
  await startTfjsInNode();
  const training = await embedCifar(usualSide, 'train', draws * most);
  const test = await embedCifar(usualSide, 'test', 1000);
  const { means, lda, neighbours } = await rivals();
  const rows: Row[] = [];
  for (const kind of [sums, sumsOfSquares, layer, both, means, neighbours, lda, softmax]) {
    rows.push(await compareDraws(kind, training, test));
    console.log(JSON.stringify(rows.at(-1)));
  }
  for (const kind of [sums, softmax]) rows.push(await compareOrders(kind, training, test));
  for (const each of sides) rows.push(await measureSide(each));
  return rows;
}

/** Accuracy by images of each class. */
async function compareDraws(kind: Kind, training: Labelled, test: Labelled): Promise<Row> {
  const row: Row = { 'learner, accuracy in %': kind.name };
  const asked = part(test, 0, kind.mostDecisions ?? test.labels.length);
  for (const count of shots) {
    if (count < (kind.fewest ?? 1)) continue;
    const shares: number[] = [];
    for (let draw = 0; draw < (kind.mostDraws ?? draws); draw++) {
      const learner = await make(kind, training);
      await learner.learn(drawn(training, draw, count));
      shares.push(await accuracy(learner, asked));
      learner.dispose();
    }
    row[`${count} a class`] = withDeviation(shares);
  }
  return row;
}

/** The classes one after the other, beside all at once. */
async function compareOrders(kind: Kind, training: Labelled, test: Labelled): Promise<Row> {
  const shares = { together: [] as number[], oneByOne: [] as number[] };
  for (let draw = 0; draw < (kind.mostDraws ?? draws); draw++) {
    const lesson = drawn(training, draw, most);
    const together = await make(kind, training);
    await together.learn(lesson);
    const oneByOne = await make(kind, training);
    for (const label of new Set(lesson.labels)) await oneByOne.learn(ofClass(lesson, label));
    shares.together.push(await accuracy(together, test));
    shares.oneByOne.push(await accuracy(oneByOne, test));
    together.dispose();
    oneByOne.dispose();
  }
  return {
    'learner, accuracy in %': `${kind.name}, classes one by one`,
    [`${most} a class`]: withDeviation(shares.oneByOne),
    'all at once': withDeviation(shares.together),
  };
}

/** One draw, and a part of the test images, at a size of the backbone's input. */
async function measureSide(side: number): Promise<Row> {
  const isUsual = side === usualSide;
  const training = await embedCifar(side, 'train', isUsual ? draws * most : most);
  const test = await embedCifar(side, 'test', isUsual ? 1000 : compared);
  const learner = await make(sums, training);
  await learner.learn(drawn(training, 0, most));
  const share = await accuracy(learner, part(test, 0, classes * compared));
  learner.dispose();
  return {
    'learner, accuracy in %': `${sums.name}, input of ${side} × ${side}, one draw, ${classes * compared} test images`,
    [`${most} a class`]: share.toFixed(1),
    'ms of CPU for the features of one': test.milliseconds.toFixed(1),
  };
}

function make(kind: Kind, { rows, labels }: Labelled): ReturnType<Kind['make']> {
  return kind.make(rows[0]?.length ?? 0, [...new Set(labels)]);
}

/** The first `count` images of each class in a draw: images come class by class in turn. */
function drawn(training: Labelled, draw: number, count: number): Labelled {
  const start = draw * most * classes;
  return part(training, start, start + count * classes);
}

function withDeviation(values: readonly number[]): string {
  const { mean, deviation } = summarise(values);
  return `${mean.toFixed(1)} ± ${deviation.toFixed(1)}`;
}
