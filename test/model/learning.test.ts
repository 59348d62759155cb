/** A model learns, forgets and renames, and decides by all of it at once. */
import { beforeEach, describe, expect, it } from 'vitest';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import { answers, draw, drawAll, drawnModel, expectSameAnswers, shareOf } from './drawn-model.ts';

let model: Model;

beforeEach(async () => {
  model = await drawnModel();
  return () => model.dispose();
});

const base = [...'01234567'];
const eights = drawAll([8], 10);
const eightsToCome = drawAll([8], 50, 100);

async function teach(samples: readonly Uint8Array[], label: string): Promise<void> {
  for (const sample of samples) await model.learn(sample, label);
}

async function labels(): Promise<string[]> {
  return (await model.classes()).map(({ label }) => label);
}

describe('learn', () => {
  it('makes a class of ten samples known, and keeps the others', async () => {
    const before = await shareOf('3', model, drawAll([3], 50, 100));
    expect(await shareOf('eight', model, eightsToCome)).toBe(0);
    await teach(eights, 'eight');
    expect(await shareOf('eight', model, eightsToCome)).toBeGreaterThan(0.9);
    expect(await shareOf('3', model, drawAll([3], 50, 100))).toBeGreaterThan(before - 0.1);
  });

  it('knows the very next sample, of a class of one', async () => {
    await model.learn(draw(9, 1), 'nine');
    const { label, scores } = await model.classify(draw(9, 1));
    expect(label).toBe('nine');
    expect(scores).toHaveLength(9);
  });

  it('improves a class of base training and counts what it learned', async () => {
    await teach(drawAll([7], 3), '7');
    await model.learn(draw(9, 1), 'nine');
    const classes = await model.classes();
    expect(classes.map(({ label }) => label)).toEqual([...base, 'nine']);
    expect(classes.at(-1)).toEqual({ label: 'nine', base: 0, learned: 1 });
    expect(classes[7]?.learned).toBe(3);
    expect(classes.reduce((sum, { base }) => sum + base, 0)).toBe(640);
  });

  it('gives the same whatever the order', async () => {
    const lessons = [8, 9, 3].flatMap((digit) =>
      drawAll([digit], 4).map((sample) => ({ sample, label: `digit ${digit}` })),
    );
    const other = await drawnModel();
    for (const { sample, label } of lessons) await model.learn(sample, label);
    for (const { sample, label } of lessons.toReversed()) await other.learn(sample, label);
    expectSameAnswers(await answers(other), await answers(model));
    other.dispose();
  });

  it('takes the sample as it is when called', async () => {
    const buffer = draw(9, 1);
    const learned = model.learn(buffer, 'nine', { augment: false });
    buffer.fill(0);
    await learned;
    await model.forget(draw(9, 1), 'nine');
    expect(await labels()).toEqual(base);
  });

  it('keeps samples that are taught at once', async () => {
    await Promise.all(eights.map((sample, i) => model.learn(sample, i % 2 ? 'odd' : 'even')));
    expect((await model.classes()).slice(8)).toEqual([
      { label: 'even', base: 0, learned: 5 },
      { label: 'odd', base: 0, learned: 5 },
    ]);
  });

  it('lets topK grow with the classes', async () => {
    const sample = draw(9, 2);
    await expect(model.classify(sample, { topK: 9 })).rejects.toThrow('expected 1 to 8');
    await model.learn(sample, 'nine');
    expect((await model.classify(sample, { topK: 9 })).scores).toHaveLength(9);
    await model.forgetClass('nine');
    await expect(model.classify(sample, { topK: 9 })).rejects.toThrow('expected 1 to 8');
  });
});

describe('forget', () => {
  it.each([true, false])('undoes learn with augment %s', async (augment) => {
    const before = await answers(model);
    for (const sample of eights) await model.learn(sample, 'eight', { augment });
    await model.learn(draw(3, 5), '7', { augment });
    expect((await answers(model)).map(({ label }) => label)).toContain('eight');
    await model.forget(draw(3, 5), '7');
    for (const sample of eights) await model.forget(sample, 'eight');
    expect(await labels()).toEqual(base);
    expectSameAnswers(await answers(model), before);
  });

  it.each(['float32', 'float16', 'int8'] as const)('undoes it in a file of %s', async (storage) => {
    const stored = await loadModel(await model.export(storage));
    const before = await answers(stored);
    await stored.learn(draw(8, 1), 'eight');
    await stored.forget(draw(8, 1), 'eight');
    // Halves are too few digits for the head to come out of its own statistics again.
    expectSameAnswers(await answers(stored), before, storage === 'float16' ? 0.02 : 1e-5);
    stored.dispose();
  });

  it('takes the one of two', async () => {
    await model.learn(draw(8, 1), 'eight');
    const one = await answers(model);
    await model.learn(draw(8, 2), 'eight');
    await model.forget(draw(8, 2), 'eight');
    expectSameAnswers(await answers(model), one);
  });
});

describe('relabel', () => {
  it('equals having learned the right label at once', async () => {
    const other = await drawnModel();
    await model.learn(draw(9, 1), '7');
    await model.learn(draw(9, 2), 'nine');
    await model.relabel(draw(9, 1), '7', 'nine');
    for (const hand of [1, 2]) await other.learn(draw(9, hand), 'nine');
    expect(await model.classes()).toEqual(await other.classes());
    expectSameAnswers(await answers(model), await answers(other));
    other.dispose();
  });
});

describe('renameClass', () => {
  it('changes nothing but the name, of a class old or new', async () => {
    await teach(eights, 'eight');
    const before = await answers(model);
    await model.renameClass('7', 'seven');
    await model.renameClass('eight', 'ocho');
    const renamed = (label: string) => ({ 7: 'seven', eight: 'ocho' })[label] ?? label;
    expectSameAnswers(
      await answers(model),
      before.map((one) => ({
        ...one,
        label: renamed(one.label),
        scores: one.scores.map(({ label, score }) => ({ label: renamed(label), score })),
      })),
    );
    await model.learn(draw(8, 50), 'ocho');
    expect((await model.classes()).at(-1)).toMatchObject({ label: 'ocho', learned: 11 });
  });
});

describe('forgetClass', () => {
  it('undoes a learned class', async () => {
    const before = await answers(model);
    await teach(eights, 'eight');
    await model.forgetClass('eight');
    expectSameAnswers(await answers(model), before);
  });

  it('takes a class of base training, which can be learned anew', async () => {
    await model.forgetClass('3');
    expect(await labels()).toEqual(base.filter((label) => label !== '3'));
    expect(await shareOf('3', model, drawAll([3], 20, 100))).toBe(0);
    await teach(drawAll([3], 5), '3');
    expect((await model.classes()).at(-1)).toEqual({ label: '3', base: 0, learned: 5 });
    expect(await shareOf('3', model, drawAll([3], 20, 100))).toBeGreaterThan(0.8);
  });

  it('of all of them leaves a model that can begin again', async () => {
    for (const label of base) await model.forgetClass(label);
    expect(await model.classes()).toEqual([]);
    for (let i = 0; i < 2; i++) {
      await expect(model.classify(draw(0, 1))).rejects.toMatchObject({ code: 'learn/no-classes' });
    }
    await model.learn(draw(8, 1), 'eight');
    const alone = await model.classify(draw(8, 2));
    expect(alone).toMatchObject({ label: 'eight', scores: [{ score: 1 }], margin: 1 });
    await teach(drawAll([8], 5, 10), 'eight');
    await teach(drawAll([9], 6, 10), 'nine');
    expect(await shareOf('eight', model, eightsToCome)).toBeGreaterThan(0.9);
    expect(await shareOf('nine', model, drawAll([9], 50, 100))).toBeGreaterThan(0.9);
  });
});
