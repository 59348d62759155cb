/** Layers that learn again, on digits that come dark on light all of a sudden. */
import { describe, expect, it } from 'vitest';
import { isInt8 } from '../../sdk/src/backend/numbers.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import {
  answers,
  draw,
  drawAll,
  drawnModel,
  drawnSnapshot,
  expectSameAnswers,
  shareOf,
} from '../model/drawn-model.ts';

const known = [0, 1, 2, 3, 4, 5, 6, 7];

function inverted(samples: readonly Uint8Array[]): Uint8Array[] {
  return samples.map((sample) => sample.map((value) => 255 - value));
}

/** For each digit `count` as the model knows them, and as many inverted ones. */
function lesson(
  digits: readonly number[],
  count: number,
): { samples: Uint8Array[]; labels: string[] } {
  const samples = drawAll(digits, count);
  const labels = digits.flatMap((digit) => Array.from({ length: count }, () => `${digit}`));
  return {
    samples: [...samples, ...inverted(drawAll(digits, count, 100))],
    labels: [...labels, ...labels],
  };
}

/** Share of 240 other digits that are decided rightly, as the model knows them and inverted. */
async function shares(model: Model): Promise<{ old: number; new: number }> {
  const sums = { old: 0, new: 0 };
  for (const digit of known) {
    const judges = drawAll([digit], 30, 1000);
    sums.old += (await shareOf(`${digit}`, model, judges)) / known.length;
    sums.new += (await shareOf(`${digit}`, model, inverted(judges))) / known.length;
  }
  return sums;
}

describe('adapt', () => {
  it('learns another kind of image, and keeps the old kind', async () => {
    const taught = lesson(known, 15);
    const frozen = await drawnModel();
    const before = await shares(frozen);
    await frozen.learnBatch(taught.samples, taught.labels);
    const learned = await shares(frozen);

    const model = await drawnModel();
    const report = await model.adapt(taught);
    const adapted = await shares(model);
    expect(report).toMatchObject({ kept: true, heldBack: 48 });
    expect(report.after).toBeGreaterThanOrEqual(report.before);
    expect(before.new).toBeLessThan(0.4);
    expect(adapted.new).toBeGreaterThan(learned.new);
    expect(adapted.new).toBeGreaterThan(0.8);
    expect(adapted.old).toBeGreaterThan(0.9);
    expect(model.version).toBe(2);
  });

  it('gives a model like any other: stored, taught, adapted again', async () => {
    const model = await drawnModel();
    await model.adapt({ ...lesson([...known, 8], 6), epochs: 10 });
    expect(model.labels).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
    expect(await shareOf('8', model, drawAll([8], 30, 1000))).toBeGreaterThan(0.7);
    expectSameAnswers(
      await answers(await loadModel(await model.export())),
      await answers(model),
      1e-4,
    );

    const before = await answers(model);
    await model.learn(draw(9, 1), '9');
    expect(await model.classes()).toHaveLength(10);
    await model.forget(draw(9, 1), '9');
    expectSameAnswers(await answers(model), before);
    await model.adapt({ ...lesson([...known, 8], 6), epochs: 2, learningRate: 1e-5 });
    expect(model.version).toBe(3);
  });

  it('is a model with other layers, which cannot be merged', async () => {
    const [model, other] = [await drawnModel(), await drawnModel()];
    await model.adapt({ ...lesson(known, 6), epochs: 10 });
    await expect(model.merge(other)).rejects.toMatchObject({ code: 'learn/foreign' });
  });

  it('changes nothing where samples held back are decided worse', async () => {
    const model = await drawnModel();
    const before = [await answers(model), model.spec, await model.export()];
    const samples = drawAll(known, 12);
    const labels = known.flatMap((digit) => Array.from({ length: 12 }, () => `${digit}`));
    const report = await model.adapt({ samples, labels, epochs: 3, learningRate: 1 });
    expect(report.kept).toBe(false);
    expect(report.after).toBeLessThan(report.before);
    expect([await answers(model), model.spec, await model.export()]).toEqual(before);
  });

  it('is judged by nothing that was learned', async () => {
    // Labels that only those can tell who have seen the samples.
    const samples = drawAll([3], 150);
    const labels = samples.map((_, i) => (i % 2 ? 'odd' : 'even'));
    const shares: number[] = [];
    for (const learned of [false, true]) {
      const model = await drawnModel();
      for (const digit of known) await model.forgetClass(`${digit}`);
      if (learned) await model.learnBatch(samples, labels);
      const { before } = await model.adapt({ samples, labels, epochs: 1, learningRate: 1e-6 });
      shares.push(before);
    }
    expect(shares[1]).toBe(shares[0]);
    expect(shares[0]).toBeLessThan(0.7);
  });

  it('knows classes as they are now', async () => {
    const model = await drawnModel();
    await model.renameClass('0', 'zero');
    await model.forgetClass('1');
    const { samples, labels } = lesson([0, 2, 3, 4, 5, 6, 7], 6);
    const named = labels.map((label) => (label === '0' ? 'zero' : label));
    const { kept } = await model.adapt({ samples, labels: named });
    expect(kept).toBe(true);
    expect(model.labels).toEqual(['zero', '2', '3', '4', '5', '6', '7']);
    expect(await shareOf('zero', model, drawAll([0], 30, 1000))).toBeGreaterThan(0.8);
  });

  it('gives the same for the same seed', async () => {
    const bytes: Uint8Array[] = [];
    for (const seed of [4, 4, 5]) {
      const model = await drawnModel();
      await model.adapt({ ...lesson(known, 6), epochs: 8, seed });
      bytes.push(await model.export());
    }
    expect(bytes[0]).toEqual(bytes[1]);
    expect(bytes[0]).not.toEqual(bytes[2]);
  });

  it('leaves an int8 model one', async () => {
    const wide = await loadModel(await drawnSnapshot());
    const model = await loadModel(await wide.export('int8'));
    const { kept } = await model.adapt({ ...lesson(known, 6), epochs: 10 });
    expect(kept).toBe(true);
    const { weights } = readSnapshot(await model.export());
    const weight = weights.get('layers.0.weight');
    expect(weight && isInt8(weight)).toBe(true);
  });
});
