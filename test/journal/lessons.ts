/** Two hundred steps of a model that learns, in which every operation occurs. */
import { Random } from '../../sdk/src/hff/random.ts';
import type { Model } from '../../sdk/src/node.ts';
import { draw } from '../model/drawn-model.ts';

export type Lesson = (model: Model) => Promise<unknown>;

interface Learned {
  readonly sample: Uint8Array;
  label: string;
}

/** @param other a model whose changes are taken in at times */
export function lessons(count: number, other: Model): Lesson[] {
  const random = new Random(11);
  const below = (n: number): number => Math.floor(random.uniform() * n);
  const known: Learned[] = [];
  let hand = 0;
  const make = (): Lesson => {
    const kind = random.uniform();
    const one = known[below(known.length)];
    if (kind < 0.15) {
      const batch = Array.from({ length: 12 }, () => draw(8 + below(2), 10_000 + hand++));
      const labels = batch.map((_, i) => `batch ${i % 3}`);
      return (model) => model.learnBatch(batch, labels);
    }
    if (kind < 0.25 && one) {
      known.splice(known.indexOf(one), 1);
      const { sample, label } = one;
      return (model) => model.forget(sample, label);
    }
    if (kind < 0.32 && one) {
      const from = one.label;
      one.label = `class ${below(6)}`;
      const { sample, label } = one;
      return (model) => (from === label ? model.classes() : model.relabel(sample, from, label));
    }
    if (kind < 0.36) {
      const sample = draw(below(10), 20_000 + hand++);
      return async (model) => {
        await other.learn(sample, 'from elsewhere');
        await model.apply(await other.changesSince(await model.versions()));
      };
    }
    if (kind < 0.38 && one) {
      const { label } = one;
      for (let i = known.length - 1; i >= 0; i--) if (known[i]?.label === label) known.splice(i, 1);
      return (model) => model.forgetClass(label);
    }
    const learned = { sample: draw(below(10), hand++), label: `class ${below(6)}` };
    known.push(learned);
    const { sample, label } = learned;
    return (model) => model.learn(sample, label);
  };
  return Array.from({ length: count }, make);
}
