/** Weights in int8: what is kept exactly, how far the rest is off, how little it matters. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { type Int8Rows, toFloat32 } from '../../sdk/src/backend/numbers.ts';
import { quantiseRows } from '../../sdk/src/backend/quantise-rows.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { Model } from '../../sdk/src/model.ts';
import { mnistDigit } from '../support/render-digit.ts';
import { startEngine } from './start-engine.ts';
import { files, snapshot } from './tiny-snapshot.ts';

const digitsFile = new URL('../../models/digits/digits.safetensors', import.meta.url);
let engine: Backend;
let digits: Uint8Array;

beforeAll(async () => {
  engine = await startEngine();
  digits = await readFile(digitsFile);
});

describe('rows in int8', () => {
  const random = new Random(3);
  const rows = 5;
  const values = random.normals(rows * 40, 1);
  for (let i = 40; i < 80; i++) values[i] = (values[i] as number) * 1e-9;
  values.fill(0, 80, 120);
  const { values: rounded, scales } = quantiseRows(values, rows);

  it('are off by at most half a scale', () => {
    toFloat32({ values: rounded, scales }).forEach((value, i) => {
      const half = (scales[Math.floor(i / 40)] as number) * 0.5000001;
      expect(Math.abs(value - (values[i] as number))).toBeLessThanOrEqual(half);
    });
  });

  it('take ±127 for their largest number, each for itself', () => {
    for (const row of [0, 1, 3, 4]) {
      const largest = Math.max(...rounded.subarray(row * 40, row * 40 + 40).map(Math.abs));
      expect(largest).toBe(127);
    }
    expect(rounded.includes(-128)).toBe(false);
  });

  it('of zeros stay zeros, and so do those too small for a scale', () => {
    expect([scales[2], ...rounded.subarray(80, 120)]).toEqual(new Array(41).fill(0));
    const tiny = quantiseRows(Float32Array.of(1e-37, -1e-40, 2 ** -149, 1), 2);
    expect(tiny).toEqual({
      values: Int8Array.of(0, 0, 0, 127),
      scales: Float32Array.of(0, Math.fround(1 / 127)),
    });
  });
});

describe('a snapshot in int8', () => {
  const { weights } = readSnapshot(files.int8);

  it('keeps biases and prototypes bit for bit', () => {
    for (const [name, values] of snapshot.weights) {
      if (!name.endsWith('.weight')) expect(weights.get(name)).toEqual(values);
    }
  });

  it('in float32 and back gives the same int8 numbers', async () => {
    const float32 = await (await Model.load(engine, files.int8)).export('float32');
    const again = readSnapshot(await (await Model.load(engine, float32)).export('int8')).weights;
    for (const name of ['layers.0.weight', 'layers.1.weight']) {
      const [before, after] = [weights.get(name), again.get(name)] as [Int8Rows, Int8Rows];
      expect(after.values).toEqual(before.values);
      after.scales.forEach((scale, row) => {
        expect(scale / (before.scales[row] as number)).toBeCloseTo(1, 6);
      });
    }
  });

  it('holds one byte for a weight and four for all else', () => {
    const layers = [
      [12, 9, 4],
      [9, 5, 3],
    ] as const;
    const expected = layers.reduce(
      (sum, [inputs, units, prototypes]) =>
        sum + inputs * units + 4 * (inputs + units + prototypes * units),
      0,
    );
    const headerBytes = new DataView(files.int8.buffer).getUint32(0, true);
    expect(files.int8.length - 8 - headerBytes).toBe(expected);
  });
});

describe('the default model in int8', () => {
  it('decides as before and nearly with the same probabilities, alone and in a batch', async () => {
    const float = await Model.load(engine, digits);
    const int8 = await Model.load(engine, writeSnapshot(readSnapshot(digits), 'int8'));
    const samples = Array.from({ length: 200 }, (_, i) => mnistDigit(i % 10, i));
    const expected = await float.classifyBatch(samples);
    const batch = await int8.classifyBatch(samples);
    for (const [i, sample] of samples.entries()) {
      const { label, scores } = expected[i] as (typeof expected)[number];
      for (const result of [batch[i], await int8.classify(sample)]) {
        expect(result?.label).toBe(label);
        expect(Math.abs((result?.scores[0]?.score ?? 0) - (scores[0]?.score ?? 0))).toBeLessThan(
          0.05,
        );
      }
    }
  });
});
