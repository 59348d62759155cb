/** A model says how familiar a sample is, and which it takes for none of its classes. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Classification, Model } from '../../sdk/src/node.ts';
import { draw, drawAll, drawnModel } from './drawn-model.ts';

let model: Model;

beforeEach(async () => {
  model = await drawnModel();
  return () => model.dispose();
});

const known = drawAll([0, 1, 2, 3, 4, 5, 6, 7], 25, 100);
const inverted = known.slice(0, 50).map((digit) => digit.map((value) => 255 - value));
/** Noise as no digit has it. */
const noise = Array.from({ length: 50 }, (_, n) =>
  Uint8Array.from({ length: 784 }, (_, i) => ((i + 1) * (n + 7) * 7919) % 256),
);

function shareUnknown(decided: readonly Classification[]): number {
  return decided.filter(({ unknown }) => unknown).length / decided.length;
}

describe('familiarity', () => {
  it('is a half in the middle of known samples, and low for what is none', async () => {
    const decided = await model.classifyBatch(known);
    const sorted = decided.map(({ familiarity }) => familiarity).sort((a, b) => a - b);
    expect(sorted[100]).toBeGreaterThan(0.3);
    expect(sorted[100]).toBeLessThan(0.7);
    expect(Math.min(...sorted)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...sorted)).toBeLessThanOrEqual(1);
    expect(shareUnknown(decided)).toBeLessThan(0.15);
    for (const strange of [noise, inverted]) {
      expect(shareUnknown(await model.classifyBatch(strange))).toBe(1);
    }
  });

  it('is not lost on a class of one sample, nor does that take in what is strange', async () => {
    await model.learn(draw(8, 0), 'eight');
    expect(shareUnknown(await model.classifyBatch(drawAll([8], 30, 100)))).toBeLessThan(0.2);
    expect(shareUnknown(await model.classifyBatch(known))).toBeLessThan(0.15);
    expect(shareUnknown(await model.classifyBatch(noise))).toBe(1);
  });

  it('grows for a class that is learned', async () => {
    const eights = drawAll([8], 30, 100);
    const mean = async () => {
      const decided = await model.classifyBatch(eights);
      return decided.reduce((sum, { familiarity }) => sum + familiarity / 30, 0);
    };
    const before = await mean();
    await model.learnBatch(drawAll([8], 20), new Array(20).fill('eight'));
    expect(await mean()).toBeGreaterThan(before);
  });

  it.each([
    ['one class', [8]],
    ['two classes', [8, 9]],
  ])('still tells where there is %s, of few samples', async (_, digits) => {
    for (const { label } of await model.classes()) await model.forgetClass(label);
    for (const digit of digits) {
      for (const sample of drawAll([digit], 10)) await model.learn(sample, `digit ${digit}`);
    }
    const decided = await model.classifyBatch(drawAll(digits, 20, 100));
    expect(decided.every(({ scores }) => scores.length === digits.length)).toBe(true);
    expect(shareUnknown(decided)).toBeLessThan(0.1);
    for (const strange of [noise, inverted]) {
      expect(shareUnknown(await model.classifyBatch(strange))).toBe(1);
    }
    expect(shareUnknown(await model.classifyBatch(known))).toBeGreaterThan(0.5);
  });
});

describe('unknownBelow', () => {
  it('bounds the familiarity of what is known', async () => {
    const samples = [...known, ...noise];
    for (const unknownBelow of [0, 0.05, 0.5, 1]) {
      for (const { familiarity, unknown } of await model.classifyBatch(samples, { unknownBelow })) {
        expect(unknown).toBe(familiarity < unknownBelow);
      }
    }
    const decided = await model.classifyBatch(samples);
    expect(decided).toEqual(await model.classifyBatch(samples, { unknownBelow: 0.05 }));
  });

  it('at 0 knows everything, and at 1 next to nothing', async () => {
    expect(shareUnknown(await model.classifyBatch(noise, { unknownBelow: 0 }))).toBe(0);
    expect(shareUnknown(await model.classifyBatch(known, { unknownBelow: 1 }))).toBe(1);
  });

  it.each([-0.1, 1.1, Number.NaN, '0.5'])('is refused at %s', async (unknownBelow) => {
    const options = { unknownBelow: unknownBelow as number };
    await expect(model.classify(draw(1, 1), options)).rejects.toMatchObject({
      code: 'option/invalid',
      message: expect.stringContaining('unknownBelow'),
    });
  });
});
