/** Snapshots go out and come back the same. */
import { describe, expect, it } from 'vitest';
import { fromFloat16 } from '../../sdk/src/backend/from-float16.ts';
import { type Numbers, toFloat32 } from '../../sdk/src/backend/numbers.ts';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import { readSnapshot, type Snapshot } from '../../sdk/src/format/snapshot.ts';
import type { Storage } from '../../sdk/src/format/stored-weights.ts';
import { writeSafetensors } from '../../sdk/src/format/write-safetensors.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { Model } from '../../sdk/src/model.ts';
import { relativeError } from '../support/close.ts';
import { startEngine } from './start-engine.ts';
import {
  arraysOf,
  files,
  learner,
  learnerFiles,
  refusal,
  snapshot,
  spec,
  storages,
} from './tiny-snapshot.ts';

describe('round trip', () => {
  it('float32 gives back spec and weights bit for bit', () => {
    expect(readSnapshot(files.float32)).toEqual(snapshot);
    expect(readSnapshot(learnerFiles.float32)).toEqual(learner);
  });

  it.each(storages)('%s through an engine gives the same file', async (storage) => {
    for (const { [storage]: file } of [files, learnerFiles]) {
      const model = await Model.load(await startEngine(), file);
      expect(await model.export(storage)).toEqual(file);
    }
  });

  it.each(storages)('%s keeps what a model decides by exactly, or near', (storage) => {
    const { spec, weights } = readSnapshot(learnerFiles[storage]);
    expect(spec).toEqual(learner.spec);
    for (const [name, exact] of learner.weights) {
      const stored = toFloat32(weights.get(name) as Numbers);
      const halves = storage === 'float16' && /weights|means|directions|votes/.test(name);
      const rounded = halves || (storage === 'int8' && name.endsWith('directions'));
      if (!rounded && /^(head|statistics)\./.test(name)) expect(stored).toEqual(exact);
      if (rounded)
        expect(relativeError(stored, exact)).toBeLessThan(storage === 'int8' ? 1 / 254 : 2 ** -11);
    }
  });

  it.each(storages)('%s is read from a slice of a larger pool, at any alignment', (storage) => {
    const file = files[storage];
    const expected = readSnapshot(file);
    for (let shift = 0; shift < 8; shift++) {
      const pool = Buffer.alloc(file.length + 16, 0xff);
      pool.set(file, shift);
      expect(readSnapshot(pool.subarray(shift, shift + file.length))).toEqual(expected);
    }
  });

  it.each(storages)('%s is read as views of the file', (storage) => {
    const { buffer } = files[storage];
    for (const numbers of readSnapshot(files[storage]).weights.values()) {
      for (const array of arraysOf(numbers)) expect(array.buffer).toBe(buffer);
    }
  });

  it('float16 is near and half the size', () => {
    const numbers = [...snapshot.weights.values()].reduce((sum, { length }) => sum + length, 0);
    expect(files.float32.length - files.float16.length).toBeGreaterThan(2 * numbers - 16);
    for (const [name, halves] of readSnapshot(files.float16).weights) {
      const exact = snapshot.weights.get(name) as Float32Array;
      (halves as Uint16Array).forEach((half, i) => {
        const value = exact[i] as number;
        const tolerance = Math.abs(value) * 2 ** -11 + 2 ** -25;
        expect(Math.abs(fromFloat16(half) - value)).toBeLessThanOrEqual(tolerance);
      });
    }
  });

  it('is refused for weights that diverged, and for those too large for the format', () => {
    const broken = (name: string, value: number): Snapshot => {
      const values = (snapshot.weights.get(name) as Float32Array).slice().fill(value, 5, 6);
      return { spec, weights: new Map([...snapshot.weights, [name, values]]) };
    };
    const refused: [string, number, Storage][] = [
      ['layers.0.bias', Number.NaN, 'float32'],
      ['layers.0.bias', Number.NEGATIVE_INFINITY, 'float16'],
      ['layers.0.bias', Number.NaN, 'int8'],
      ['layers.1.weight', Number.NaN, 'float16'],
      ['layers.1.weight', Number.NaN, 'int8'],
      ['layers.1.weight', Number.POSITIVE_INFINITY, 'int8'],
      ['layers.1.weight', 70_000, 'float16'],
    ];
    for (const [name, value, storage] of refused) {
      const { code, message } = refusal(() => writeSnapshot(broken(name, value), storage));
      expect(code).toBe('snapshot/not-finite');
      expect(message).toContain(name);
    }
    const large = broken('layers.1.weight', 70_000);
    expect(readSnapshot(writeSnapshot(large, 'float32'))).toEqual(large);
    readSnapshot(writeSnapshot(large, 'int8'));
  });

  it.each(storages)('%s aligns the data for readers that map the file', (storage) => {
    const headerBytes = new DataView(files[storage].buffer).getUint32(0, true);
    expect(headerBytes % 8).toBe(0);
  });
});

describe('safetensors', () => {
  it('keeps empty tensors and metadata', () => {
    const container = {
      metadata: new Map([['k', 'v']]),
      tensors: new Map([['empty', { shape: [0, 3], values: new Float32Array() }]]),
    };
    expect(readSafetensors(writeSafetensors(container))).toEqual(container);
  });
});
