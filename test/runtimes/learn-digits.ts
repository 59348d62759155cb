/** The same lessons for a model in Node, in a page and in a Worker. */
import type { Classification, Model } from '@hff-edge/sdk';
import { mnistDigit } from '../support/render-digit.ts';

type Learner = Pick<
  Model,
  | 'classes'
  | 'classify'
  | 'classifyBatch'
  | 'forget'
  | 'forgetClass'
  | 'learn'
  | 'learnBatch'
  | 'on'
  | 'relabel'
  | 'renameClass'
>;

export interface Lessons {
  /** Before anything is learned, then after each part. */
  readonly answers: readonly Classification[][];
  readonly classes: Awaited<ReturnType<Model['classes']>>;
  readonly changes: number;
  /** The code with which a label of nothing is refused. */
  readonly refused: string;
}

const draw = (digit: number, hand: number): Uint8Array => mnistDigit(digit, 900_000 + hand);
const asked = Array.from({ length: 30 }, (_, i) => draw(i % 10, 100 + i));

export async function learnDigits(model: Learner): Promise<Lessons> {
  let changes = 0;
  model.on('change', () => changes++);
  const answers = [await model.classifyBatch(asked)];
  const hands = [0, 1, 2, 3, 4, 5];
  for (const hand of hands) await model.learn(draw(8, hand), 'eight');
  const nines = hands.map((hand) => draw(9, hand));
  await model.learnBatch(
    nines,
    nines.map(() => 'nine'),
  );
  answers.push(await model.classifyBatch(asked));

  await model.forget(draw(8, 3), 'eight');
  await model.relabel(draw(9, 2), 'nine', '7');
  await model.renameClass('nine', 'neun');
  await model.forgetClass('3');
  answers.push(await model.classifyBatch(asked));
  const refused = await model.learn(draw(8, 3), '').then(
    () => 'learned',
    (error) => error.code,
  );
  return { answers, classes: await model.classes(), changes, refused };
}
