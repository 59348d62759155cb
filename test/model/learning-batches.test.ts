/** Many samples at once: all or none, with the event loop free and the page told. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Model, ModelEventDetails } from '../../sdk/src/node.ts';
import { answers, draw, drawAll, drawnModel, expectSameAnswers } from './drawn-model.ts';

let model: Model;

beforeEach(async () => {
  model = await drawnModel();
  return () => model.dispose();
});

const samples = drawAll([8, 9], 20);
const labels: string[] = samples.map((_, i) => (i < 20 ? 'eight' : 'nine'));

describe('learnBatch', () => {
  it('equals learning one by one', async () => {
    const other = await drawnModel();
    await model.learnBatch(samples, labels);
    for (const [i, sample] of samples.entries()) {
      await other.learn(sample, labels[i] as string, { augment: false });
    }
    expect(await model.classes()).toEqual(await other.classes());
    expectSameAnswers(await answers(model), await answers(other));
    other.dispose();
  });

  it('looks at images in several ways if asked to', async () => {
    await model.learnBatch([draw(8, 1)], ['eight'], { augment: true });
    const other = await drawnModel();
    await other.learn(draw(8, 1), 'eight');
    expectSameAnswers(await answers(model), await answers(other));
    other.dispose();
  });

  it('is undone by forgetting one by one', async () => {
    const before = await answers(model);
    await model.learnBatch(samples, labels);
    for (const [i, sample] of samples.entries()) await model.forget(sample, labels[i] as string);
    expectSameAnswers(await answers(model), before);
  });

  it('of nothing changes nothing', async () => {
    const before = await answers(model);
    await model.learnBatch([], []);
    expect(await answers(model)).toEqual(before);
  });

  it('takes samples and labels as they are when called', async () => {
    const own = samples.map((sample) => sample.slice());
    const names = [...labels];
    const learned = model.learnBatch(own, names);
    for (const sample of own) sample.fill(0);
    names.fill('other');
    await learned;
    for (const [i, sample] of samples.entries()) await model.forget(sample, labels[i] as string);
    expect(await model.classes()).toHaveLength(8);
  });

  it('leaves the model to others while it runs', async () => {
    const many = samples.flatMap((sample) => Array.from({ length: 40 }, () => sample));
    const before = await answers(model);
    let done = false;
    const learned = model
      .learnBatch(
        many,
        many.map(() => 'new'),
        { augment: true },
      )
      .then(() => {
        done = true;
      });
    await new Promise((resolve) => setTimeout(resolve, 1));
    await model.learn(draw(9, 1), 'nine');
    await model.forget(draw(9, 1), 'nine');
    expectSameAnswers(await answers(model), before);
    expect(done).toBe(false);
    await learned;
    expect((await model.classes()).at(-1)).toEqual({ label: 'new', base: 0, learned: many.length });
  });

  it('ends when the model is disposed', async () => {
    const many = samples.flatMap((sample) => Array.from({ length: 40 }, () => sample));
    const learned = model.learnBatch(
      many,
      many.map(() => 'new'),
      { augment: true },
    );
    model.on('progress', () => model.dispose());
    await expect(learned).rejects.toThrow('Model drawn was disposed');
    await expect(model.learn(draw(8, 1), 'eight')).rejects.toThrow('Model drawn was disposed');
    await expect(model.classes()).rejects.toThrow('Model drawn was disposed');
  });

  it('has a name from scikit-learn', async () => {
    await model.partialFit(samples, labels);
    const other = await drawnModel();
    await other.learnBatch(samples, labels);
    expectSameAnswers(await answers(model), await answers(other));
    other.dispose();
  });
});

describe('events', () => {
  it('name the labels of each change, after it', async () => {
    const heard: string[] = [];
    const decided: Promise<string>[] = [];
    const end = model.on('change', ({ labels }) => {
      heard.push(labels.join());
      decided.push(model.classify(draw(8, 1)).then(({ label }) => label));
    });
    await model.learn(draw(8, 1), 'eight');
    await model.relabel(draw(8, 1), 'eight', 'ocho');
    await model.renameClass('ocho', 'acht');
    await model.forget(draw(8, 1), 'acht');
    await model.learnBatch(samples, labels);
    await model.forgetClass('nine');
    const other = await drawnModel();
    await other.learn(draw(9, 1), 'nine');
    await model.merge(other);
    // Nothing new.
    await model.merge(other);
    other.dispose();
    expect(heard).toEqual(['eight', 'eight,ocho', 'ocho,acht', 'acht', 'eight,nine', 'nine', '']);
    expect((await Promise.all(decided)).slice(0, 3)).toEqual(['eight', 'ocho', 'acht']);
    end();
    end();
    await model.learn(draw(8, 1), 'eight');
    expect(heard).toHaveLength(7);
  });

  it('tell how far a batch is, to its end', async () => {
    const heard: ModelEventDetails['progress'][] = [];
    model.on('progress', (detail) => heard.push(detail));
    const many = samples.flatMap((sample) => Array.from({ length: 20 }, () => sample));
    await model.learnBatch(
      many,
      many.map(() => 'new'),
      { augment: true },
    );
    const done = heard.map((detail) => detail.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(heard.length).toBeGreaterThan(1);
    expect(heard.at(-1)).toEqual({ done: 800, total: 800 });
  });

  it('do not come of what is refused', async () => {
    const heard: unknown[] = [];
    model.on('change', (detail) => heard.push(detail));
    model.on('progress', (detail) => heard.push(detail));
    await expect(model.learn(draw(8, 1), '')).rejects.toThrow();
    await expect(model.learnBatch(samples, labels.with(3, ''))).rejects.toThrow();
    await expect(model.forgetClass('nine')).rejects.toThrow();
    expect(heard).toEqual([]);
  });
});
