/** What is kept of the samples learned: a fair choice, within its room, and nothing that was forgotten. */
import { describe, expect, it } from 'vitest';
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';
import { standardise } from '../../sdk/src/data/standardise.ts';
import { Exemplars } from '../../sdk/src/learn/exemplars.ts';
import { draw, drawAll, drawnModel } from '../model/drawn-model.ts';

const input: InputSpec = {
  width: 2,
  height: 2,
  channels: 1,
  range: [0, 255],
  mean: [33.3],
  deviation: [78.5],
  fit: { mode: 'cover' },
};

function prepared(...values: number[]): Float32Array {
  const sample = new Float32Array(4);
  standardise(sample, values, input, 'sample');
  return sample;
}

/** The first value of each exemplar's raw values, by class. */
function firsts(exemplars: Exemplars): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const { label, sample } of exemplars.all()) {
    const first = Math.round((sample[0] as number) * 78.5 + 33.3);
    found[label] = [...(found[label] ?? []), first].sort((a, b) => a - b);
  }
  return found;
}

function filled(seed: number, bytes = 40, classes = ['a', 'b']): Exemplars {
  const exemplars = new Exemplars(input, bytes, seed);
  for (const label of classes) {
    for (let i = 0; i < 20; i++) exemplars.offer(prepared(i, 0, 0, 255), label);
  }
  return exemplars;
}

describe('exemplars', () => {
  it('give each class the same share of their room, also when classes come later', () => {
    const counts = (bytes: number, classes: string[]): number[] =>
      Object.values(firsts(filled(1, bytes, classes))).map(({ length }) => length);
    expect(counts(40, ['a'])).toEqual([10]);
    expect(counts(40, ['a', 'b'])).toEqual([5, 5]);
    expect(counts(40, ['a', 'b', 'c'])).toEqual([3, 3, 3]);
    expect(counts(4000, ['a', 'b'])).toEqual([20, 20]);
    expect(counts(3, ['a'])).toEqual([]);
  });

  it('are a choice in which every sample has the same chance', () => {
    const kept = new Array<number>(20).fill(0);
    const runs = 2000;
    for (let seed = 0; seed < runs; seed++) {
      for (const i of firsts(filled(seed)).a ?? []) kept[i] = (kept[i] as number) + 1;
    }
    // 5 of 20: a standard deviation is about 0.0097.
    for (const count of kept) expect(Math.abs(count / runs - 0.25)).toBeLessThan(0.05);
  });

  it('are the same for the same seed', () => {
    expect(firsts(filled(3))).toEqual(firsts(filled(3)));
    expect(firsts(filled(3))).not.toEqual(firsts(filled(4)));
  });

  it('are the samples bit by bit, in bytes where they are bytes', () => {
    const exemplars = new Exemplars(input, 24, 1);
    const samples = [prepared(0, 7, 200, 255), prepared(0.5, 7, 200, 255), prepared(1, 1, 1, 1)];
    for (const sample of samples) exemplars.offer(sample, 'a');
    // 4 + 16 + 4 bytes.
    expect(exemplars.all()).toHaveLength(3);
    for (const { sample } of exemplars.all()) expect(samples).toContainEqual(sample);
    exemplars.offer(prepared(2, 2, 2, 2), 'a');
    expect(exemplars.all().length).toBeLessThan(4);
  });

  it('forget what is forgotten, and follow new names', () => {
    const exemplars = filled(1, 4000);
    expect(exemplars.drop(prepared(3, 0, 0, 255), 'a')).toBe(true);
    expect(exemplars.drop(prepared(3, 0, 0, 255), 'a')).toBe(false);
    expect(firsts(exemplars).a).not.toContain(3);
    exemplars.move(prepared(4, 0, 0, 255), 'a', 'c');
    exemplars.rename('c', 'd');
    expect(firsts(exemplars).d).toEqual([4]);
    exemplars.retain(['b', 'd']);
    expect(Object.keys(firsts(exemplars))).toEqual(['b', 'd']);
  });
});

describe('a model that keeps exemplars', () => {
  const known = [0, 1, 2, 3, 4, 5, 6, 7];
  const samples = drawAll(known, 4);
  const labels: string[] = known.flatMap((digit) => Array.from({ length: 4 }, () => `${digit}`));

  it('adapts by them alone, and by none unless asked to', async () => {
    const model = await drawnModel();
    await model.learnBatch(samples, labels);
    await expect(model.adapt()).rejects.toMatchObject({ code: 'learn/too-few' });
    await model.keepExemplars({ bytes: 100_000 });
    await model.learnBatch(samples, labels);
    await model.learn(draw(8, 1), '8');
    await model.learn(draw(8, 2), '8');
    const { heldBack } = await model.adapt({ epochs: 1, learningRate: 1e-6 });
    expect(heldBack).toBe(9);
    await model.keepExemplars({ bytes: 0 });
    await expect(model.adapt()).rejects.toMatchObject({ code: 'learn/too-few' });
  });

  it('drops them with what they came from', async () => {
    const model = await drawnModel();
    const other = await drawnModel();
    await model.keepExemplars({ bytes: 100_000 });
    await model.learnBatch([...samples, draw(8, 1), draw(8, 2)], [...labels, '8', '8']);
    await model.relabel(draw(8, 1), '8', 'eight');
    await model.renameClass('7', 'seven');
    await model.forget(draw(8, 2), '8');
    await model.forget(samples[0] as Uint8Array, '0');
    await other.forgetClass('1');
    await model.merge(other);
    await model.forgetClass('2');
    await expect(model.adapt()).rejects.toThrow('"eight"');
    await model.learn(draw(8, 3), 'eight');
    const settings = { epochs: 1, learningRate: 1e-6 };
    const { heldBack } = await model.adapt(settings);
    expect(heldBack).toBe(7);
    expect((await model.classes()).map(({ label }) => label)).toEqual([
      '0',
      '3',
      '4',
      '5',
      '6',
      'seven',
      'eight',
    ]);
  });

  it('takes room in bytes only', async () => {
    const model = await drawnModel();
    for (const bytes of [-1, 0.5, Number.NaN]) {
      await expect(model.keepExemplars({ bytes })).rejects.toMatchObject({
        code: 'option/invalid',
      });
    }
  });
});
