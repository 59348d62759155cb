/** Snapshots go out and come back the same. */
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import { readSnapshot, type Snapshot, writeSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSafetensors } from '../../sdk/src/format/write-safetensors.ts';
import { bytes, refusal, snapshot, spec } from './tiny-snapshot.ts';

describe('round trip', () => {
  it('float32 gives back spec and weights bit for bit', () => {
    expect(readSnapshot(bytes)).toEqual(snapshot);
  });

  it('reads from a Node Buffer that is a slice of a larger pool, at any alignment', () => {
    for (let shift = 0; shift < 8; shift++) {
      const pool = Buffer.alloc(bytes.length + 16, 0xff);
      pool.set(bytes, shift);
      expect(readSnapshot(pool.subarray(shift, shift + bytes.length))).toEqual(snapshot);
    }
  });

  it('float16 is near and half the size', () => {
    const half = writeSnapshot(snapshot, 'float16');
    const numbers = [...snapshot.weights.values()].reduce((sum, { length }) => sum + length, 0);
    expect(bytes.length - half.length).toBeGreaterThan(2 * numbers - 16);
    for (const [name, values] of readSnapshot(half).weights) {
      values.forEach((value, i) => {
        const exact = snapshot.weights.get(name)?.[i] as number;
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -11 + 2 ** -25);
      });
    }
  });

  it('is refused for weights that diverged, and for those too large for float16', () => {
    const broken = (value: number): Snapshot => ({
      spec,
      weights: new Map([...snapshot.weights, ['layers.0.bias', new Float32Array(9).fill(value)]]),
    });
    expect(refusal(() => writeSnapshot(broken(Number.NaN), 'float32')).code).toBe(
      'snapshot/not-finite',
    );
    expect(refusal(() => writeSnapshot(broken(70_000), 'float16')).code).toBe(
      'snapshot/not-finite',
    );
    expect(writeSnapshot(broken(70_000), 'float32').length).toBe(bytes.length);
  });

  it('aligns the data to 8 bytes for readers that map the file', () => {
    expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
  });
});

describe('safetensors', () => {
  it('keeps empty tensors and metadata', () => {
    const container = {
      metadata: new Map([['k', 'v']]),
      tensors: new Map([['empty', { shape: [0, 3], values: new Float32Array() }]]),
    };
    expect(readSafetensors(writeSafetensors(container, 'float32'))).toEqual(container);
  });
});
