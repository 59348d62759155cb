/** Images of any size, colour and polarity become the model's input. */
import { describe, expect, it } from 'vitest';
import { fitImage } from '../../sdk/src/data/fit-image.ts';
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';
import { renderDigit } from '../support/render-digit.ts';

const glyph: InputSpec = {
  width: 28,
  height: 28,
  channels: 1,
  range: [0, 255],
  mean: [0],
  deviation: [1],
  fit: { mode: 'glyph', box: 20 },
};
const photo: InputSpec = { ...glyph, width: 2, height: 2, channels: 3, fit: { mode: 'cover' } };

/** A grey image with one rectangle of ink. */
function rectangle(width: number, height: number, ink: number, paper: number, box: number[]) {
  const [left, top, right, bottom] = box as [number, number, number, number];
  const data = new Uint8Array(width * height).fill(paper);
  for (let y = top; y < bottom; y++) data.fill(ink, y * width + left, y * width + right);
  return { width, height, data };
}

function difference(a: Float32Array, b: Float32Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));
}

describe('glyph', () => {
  it('scales the ink to the box and centres it, wherever and however large it was', () => {
    const small = fitImage(rectangle(60, 60, 255, 0, [5, 5, 15, 25]), glyph, 'input');
    const large = fitImage(rectangle(200, 150, 255, 0, [100, 30, 150, 130]), glyph, 'input');
    expect(difference(small, large)).toBeLessThan(1e-2);
    const rows = Array.from({ length: 28 }, (_, y) =>
      Math.max(...small.subarray(y * 28, y * 28 + 28)),
    );
    expect(rows.filter((value) => value > 100)).toHaveLength(20);
    expect(rows.indexOf(Math.max(...rows))).toBe(4);
    const columns = Array.from({ length: 28 }, (_, x) => small[14 * 28 + x] as number);
    expect(columns.filter((value) => value > 100)).toHaveLength(10);
    expect(columns.findIndex((value) => value > 100)).toBe(9);
  });

  it('takes dark on light, light on dark, grey ink and transparent paper alike', () => {
    const box = [10, 20, 30, 60];
    const reference = fitImage(rectangle(80, 80, 255, 0, box), glyph, 'input');
    for (const [ink, paper] of [
      [0, 255],
      [90, 230],
      [60, 20],
    ] as const) {
      const fitted = fitImage(rectangle(80, 80, ink, paper, box), glyph, 'input');
      expect(difference(fitted, reference)).toBeLessThan(1e-2);
    }
    const opaque = rectangle(80, 80, 255, 0, box);
    const data = new Uint8ClampedArray(80 * 80 * 4);
    opaque.data.forEach((alpha, i) => {
      data.set([10, 10, 10, alpha], i * 4);
    });
    expect(
      difference(fitImage({ width: 80, height: 80, data }, glyph, 'input'), reference),
    ).toBeLessThan(1e-2);
  });

  it('is stable under enlarging a drawn digit', () => {
    const small = fitImage(renderDigit(3, 4, 140), glyph, 'input');
    const large = fitImage(renderDigit(3, 4, 420), glyph, 'input');
    const mean = small.reduce((sum, v, i) => sum + Math.abs(v - (large[i] as number)), 0) / 784;
    expect(mean).toBeLessThan(4);
  });

  it("leaves an image of the model's own size where it is", () => {
    const image = rectangle(28, 28, 200, 0, [0, 0, 5, 5]);
    expect([...fitImage(image, glyph, 'input')]).toEqual([...image.data]);
    const inverted = rectangle(28, 28, 55, 255, [0, 0, 5, 5]);
    expect([...fitImage(inverted, glyph, 'input')]).toEqual([...image.data]);
  });

  it('sees nothing on empty paper', () => {
    for (const grey of [0, 128, 255]) {
      for (const side of [28, 50]) {
        const blank = { width: side, height: side, data: new Uint8Array(side * side).fill(grey) };
        expect(fitImage(blank, glyph, 'input').every((value) => value === 0)).toBe(true);
      }
    }
  });
});

describe('cover', () => {
  it('averages the largest centred crop down, channel by channel', () => {
    const data = new Uint8Array(6 * 4 * 3);
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 6; x++) data.set([x * 10, y * 20, 7], (y * 6 + x) * 3);
    }
    const fitted = fitImage({ width: 6, height: 4, data }, photo, 'input');
    expect([...fitted].map(Math.round)).toEqual([15, 10, 7, 35, 10, 7, 15, 50, 7, 35, 50, 7]);
  });

  it('makes colour of grey and enlarges', () => {
    const fitted = fitImage({ width: 1, height: 1, data: Uint8Array.of(90) }, photo, 'input');
    expect([...fitted].map(Math.round)).toEqual(new Array(12).fill(90));
  });

  it('enlarges without steps, and does not darken at the edges', () => {
    const wide = { ...photo, width: 4, height: 2, channels: 1 };
    const fitted = fitImage({ width: 2, height: 1, data: Uint8Array.of(40, 80) }, wide, 'input');
    expect([...fitted]).toEqual([40, 50, 70, 80, 40, 50, 70, 80]);
  });
});

describe('refuses', () => {
  const bad: [string, { width: number; height: number; data: Uint8Array }][] = [
    ['too few values', { width: 3, height: 3, data: new Uint8Array(8) }],
    ['no pixels', { width: 0, height: 3, data: new Uint8Array(0) }],
    ['half a pixel', { width: 1.5, height: 2, data: new Uint8Array(3) }],
    ['five channels', { width: 2, height: 2, data: new Uint8Array(20) }],
    ['a size that is no number', { width: Number.NaN, height: 2, data: new Uint8Array(4) }],
  ];
  it.each(bad)('%s', (_, image) => {
    expect(() => fitImage(image, glyph, 'input 7')).toThrow(
      expect.objectContaining({ code: 'input/shape', message: expect.stringContaining('input 7') }),
    );
  });

  it('images where the model takes features', () => {
    expect(() =>
      fitImage({ width: 1, height: 1, data: Uint8Array.of(1) }, { ...glyph, fit: null }, 'input'),
    ).toThrow(expect.objectContaining({ code: 'input/shape' }));
  });
});
