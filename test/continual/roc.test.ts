/** Figures of the ROC curve against their definitions, pair by pair and threshold by threshold. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnder, falsePositivesAt, rocCurve, thinned } from '../../sdk/src/continual/roc.ts';

/** Few different values, so that many are equal. */
const familiarities = fc
  .array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 40 })
  .map((values) => Float32Array.from(values, (value) => value / 4));

function wonPairs(known: Float32Array, unknown: Float32Array): number {
  let won = 0;
  for (const k of known) {
    for (const u of unknown) won += k > u ? 1 : k === u ? 0.5 : 0;
  }
  return won / (known.length * unknown.length);
}

function leastAccepted(known: Float32Array, unknown: Float32Array, recall: number): number {
  const accepted = [...known, ...unknown].flatMap((threshold) => {
    const share = (values: Float32Array) =>
      values.filter((value) => value >= threshold).length / values.length;
    return share(known) >= recall ? [share(unknown)] : [];
  });
  return Math.min(...accepted);
}

describe('the curve', () => {
  it('has the area of won pairs', () => {
    fc.assert(
      fc.property(familiarities, familiarities, (known, unknown) => {
        expect(areaUnder(rocCurve(known, unknown))).toBeCloseTo(wonPairs(known, unknown), 9);
      }),
    );
  });

  it('accepts the fewest unknown samples at a recall', () => {
    fc.assert(
      fc.property(familiarities, familiarities, (known, unknown) => {
        const accepted = falsePositivesAt(rocCurve(known, unknown), 0.95);
        expect(accepted).toBeCloseTo(leastAccepted(known, unknown, 0.95), 12);
      }),
    );
  });

  it('is perfect for parted values, and the diagonal for equal ones', () => {
    const parted = rocCurve(Float32Array.of(3, 4), Float32Array.of(1, 2, 2));
    expect([areaUnder(parted), falsePositivesAt(parted, 0.95)]).toEqual([1, 0]);
    const equal = rocCurve(Float32Array.of(1, 1), Float32Array.of(1));
    expect(equal).toEqual([
      { falsePositives: 0, recall: 0 },
      { falsePositives: 1, recall: 1 },
    ]);
  });

  it('refuses NaN', () => {
    expect(() => rocCurve(Float32Array.of(1, Number.NaN), Float32Array.of(1))).toThrow(/NaN/);
  });

  it('is thinned to points apart, with its ends', () => {
    const known = Float32Array.from({ length: 3000 }, (_, i) => Math.sin(i) + 0.4);
    const unknown = Float32Array.from({ length: 3000 }, (_, i) => Math.sin(i * 7));
    const curve = rocCurve(known, unknown);
    const few = thinned(curve, 100);
    expect(few.length).toBeLessThan(220);
    expect([few[0], few.at(-1)]).toEqual([curve[0], curve.at(-1)]);
    expect(areaUnder(few)).toBeCloseTo(areaUnder(curve), 3);
  });
});
