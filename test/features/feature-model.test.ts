/** A model on features of a backbone learns, keeps and shares what it learned like any other. */
import { describe, expect, it } from 'vitest';
import { featureModel } from '../../sdk/src/features.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { create } from '../../sdk/src/knn.ts';
import type { Model } from '../../sdk/src/model.ts';
import { importModel, loadModel, openModel } from '../../sdk/src/node.ts';
import { memoryStore } from '../../sdk/src/stores.ts';
import { dimensions, embedding } from './backbone.ts';

const bytes = featureModel({ name: 'digits', dimensions, of: 'digits' });
const known = [1, 4, 7];
const hands = [1, 2, 3, 4, 5];

async function taught(): Promise<Model> {
  const model = await loadModel(bytes);
  for (const digit of known) {
    for (const hand of hands) await model.learn(embedding(digit, hand), String(digit));
  }
  return model;
}

/** Of digits that it was taught, drawn by other hands: label and whether each is unknown. */
async function answers(model: Model) {
  const all = await model.classifyBatch(known.map((digit) => embedding(digit, 40)));
  return all.map(({ label, unknown }) => [label, unknown]);
}

const right = known.map((digit) => [String(digit), false]);

describe('it learns', () => {
  it('classes, and tells what is of none', async () => {
    const model = await taught();
    expect(await answers(model)).toEqual(right);
    const { unknown } = await model.classify(embedding(0, 40));
    expect(unknown).toBe(true);
    expect(await model.classes()).toEqual(
      known.map((digit) => ({ label: String(digit), base: 0, learned: hands.length })),
    );
  });

  it('the same as the classifier for examples does', async () => {
    const model = await taught();
    const classifier = create();
    for (const digit of known) {
      for (const hand of hands) classifier.addExample(embedding(digit, hand), digit);
    }
    const sample = embedding(7, 50);
    const { scores, familiarity } = await model.classify(sample);
    const prediction = await classifier.predictClass(sample);
    expect(familiarity).toBeCloseTo(prediction.familiarity, 5);
    for (const { label, score } of scores) {
      expect(score).toBeCloseTo(prediction.confidences[label] as number, 5);
    }
  });

  it('whatever the scale of the features', async () => {
    const model = await taught();
    const sample = embedding(4, 50);
    const larger = await model.classify(sample.map((value) => 1000 * value));
    expect(larger.familiarity).toBeCloseTo((await model.classify(sample)).familiarity, 5);
  });

  it('and forgets exactly', async () => {
    const model = await taught();
    const before = await model.classify(embedding(4, 50));
    await model.learn(embedding(9, 1), '9');
    await model.forget(embedding(9, 1), '9');
    expect(await model.classify(embedding(4, 50))).toEqual(before);
  });
});

describe('it keeps what it learned', () => {
  it('in its file', async () => {
    const copy = await loadModel(await (await taught()).export());
    expect(await answers(copy)).toEqual(right);
  });

  it('in a store, opened before it knows anything', async () => {
    const store = memoryStore();
    const first = await openModel('digits', { store, source: bytes });
    for (const digit of known) {
      for (const hand of hands) await first.learn(embedding(digit, hand), String(digit));
    }
    first.dispose();
    expect(await answers(await openModel('digits', { store }))).toEqual(right);
  });

  it('in another store, from its file', async () => {
    const exported = await (await taught()).export();
    expect(await answers(await importModel(exported, { store: memoryStore() }))).toEqual(right);
  });

  it('and hands it to another device that began with the same options', async () => {
    const other = await loadModel(featureModel({ name: 'others', dimensions, of: 'digits' }));
    expect(await other.apply(await (await taught()).changesSince())).toBe(true);
    expect(await answers(other)).toEqual(right);
  });
});

describe('frozen', () => {
  const asked = [1, 4, 7, 0, 9].map((digit) => embedding(digit, 40));

  it('it decides the same without what it learned from, and is of one size', async () => {
    const model = await taught();
    const file = await model.exportFrozen();
    const frozen = await loadModel(file);
    const before = await model.classifyBatch(asked);
    (await frozen.classifyBatch(asked)).forEach(({ label, familiarity, scores, unknown }, i) => {
      const known = before[i] as (typeof before)[number];
      expect([label, unknown]).toEqual([known.label, known.unknown]);
      expect(familiarity).toBeCloseTo(known.familiarity, 4);
      expect(scores[0]?.score).toBeCloseTo(known.scores[0]?.score as number, 4);
    });
    await model.learnBatch(
      known.map((digit) => embedding(digit, 60)),
      known.map(String),
    );
    expect((await model.exportFrozen()).length).toBe(file.length);
  });

  it('it can be taught again, and frozen again', async () => {
    const frozen = await loadModel(await (await taught()).exportFrozen());
    for (const hand of hands) await frozen.learn(embedding(0, hand), '0');
    const again = await loadModel(await frozen.exportFrozen());
    for (const model of [frozen, again]) {
      expect(await answers(model)).toEqual(right);
      const { label, unknown } = await model.classify(embedding(0, 40));
      expect([label, unknown]).toEqual(['0', false]);
      expect((await model.classify(embedding(3, 40))).unknown).toBe(true);
    }
  });

  it('it is refused before it knows a class', async () => {
    const model = await loadModel(bytes);
    await expect(model.exportFrozen()).rejects.toMatchObject({ code: 'learn/no-classes' });
  });
});

describe('it refuses', () => {
  it('to decide before it knows a class', async () => {
    const model = await loadModel(bytes);
    await expect(model.classify(embedding(1, 1))).rejects.toMatchObject({
      code: 'learn/no-classes',
    });
    expect(await model.classes()).toEqual([]);
  });

  it.each([
    ['another number of values', new Float32Array(3), 'input/shape'],
    ['an image', { width: 2, height: 2, data: new Uint8Array(4) }, 'input/shape'],
    ['NaN', new Float32Array(dimensions).fill(Number.NaN), 'input/not-finite'],
  ])('%s', async (_, sample, code) => {
    const model = await loadModel(bytes);
    await expect(model.learn(sample, 'a')).rejects.toMatchObject({ code });
    expect(await model.classes()).toEqual([]);
  });

  it('what was learned on features of another backbone', async () => {
    const other = await loadModel(featureModel({ name: 'digits', dimensions, of: 'another' }));
    const changes = await (await taught()).changesSince();
    await expect(other.apply(changes)).rejects.toMatchObject({ code: 'learn/foreign' });
  });

  it('to train layers, which it has not', async () => {
    const model = await taught();
    const samples = [1, 2].map((hand) => embedding(1, hand));
    await expect(model.adapt({ samples, labels: ['1', '1'] })).rejects.toMatchObject({
      code: 'option/invalid',
    });
    expect(await answers(model)).toEqual(right);
  });

  it.each([0, 4097, 1.5, Number.NaN])('%f dimensions', (dimensions) => {
    expect(() => featureModel({ name: 'a', dimensions, of: 'a' })).toThrow(
      expect.objectContaining({ code: 'option/invalid' }),
    );
  });

  it.each([
    ['name', { name: 'A b', of: 'a' }],
    ['network.layers.0.of', { name: 'a', of: '' }],
  ])('a bad %s', (field, names) => {
    expect(() => featureModel({ dimensions: 2, ...names })).toThrow(
      expect.objectContaining({
        code: 'snapshot/inconsistent',
        message: expect.stringContaining(field),
      }),
    );
  });
});

describe('files', () => {
  const snapshot = readSnapshot(bytes);
  const given = snapshot.spec.network.layers[0];
  const dense = { type: 'dense', inputs: dimensions, units: 2, prototypes: [] };
  const { statistics: _, ...without } = snapshot.spec;
  const network = (layers: unknown[]) => ({
    ...snapshot.spec,
    network: { ...snapshot.spec.network, layers },
  });

  it.each([
    ['two layers of given features', network([given, given])],
    ['layers on top of given features', network([given, dense])],
    ['no statistics', without],
    ['more features than a head is made for', network([{ ...given, inputs: 4097, units: 4097 }])],
    ['other units than inputs', network([{ ...given, units: dimensions + 1 }])],
    ['no classes on layers of its own', network([dense])],
  ])('with %s are refused', (_, spec) => {
    const file = writeSnapshot({ ...snapshot, spec: snapshot.spec });
    const text = Buffer.from(file).toString('latin1');
    const end = 8 + Number(Buffer.from(file).readBigUInt64LE());
    const header = JSON.parse(text.slice(8, end));
    header.__metadata__.model = JSON.stringify(spec);
    const json = JSON.stringify(header);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    const changed = Buffer.concat([length, Buffer.from(json, 'latin1'), file.subarray(end)]);
    expect(() => readSnapshot(changed)).toThrow(
      expect.objectContaining({ code: 'snapshot/inconsistent' }),
    );
  });

  it.each(['float32', 'float16', 'int8'] as const)('as %s say the same', async (storage) => {
    const model = await loadModel(await (await loadModel(bytes)).export(storage));
    for (const digit of known) await model.learn(embedding(digit, 1), String(digit));
    expect((await model.classify(embedding(7, 1))).label).toBe('7');
  });

  it('are as small as they look', () => {
    expect(bytes.length).toBeLessThan(8 * dimensions + 2000);
    expect(snapshot.learned).toBeUndefined();
  });
});
