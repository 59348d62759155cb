import { describe, expect, it } from 'vitest';
import { isCifarBatch, parseCifar } from '../../sdk/src/data/cifar-binary.ts';

const PLANE = 1024;

/** A record whose planes hold red, green and blue everywhere. */
function record(label: number, red: number, green: number, blue: number): Uint8Array {
  const bytes = new Uint8Array(1 + 3 * PLANE).fill(blue);
  bytes[0] = label;
  bytes.fill(red, 1, 1 + PLANE).fill(green, 1 + PLANE, 1 + 2 * PLANE);
  return bytes;
}

describe('parseCifar', () => {
  it('interleaves the planes of all batches', () => {
    const first = Buffer.concat([record(3, 1, 2, 3), record(9, 4, 5, 6)]);
    const second = record(0, 7, 8, 9);
    second[1 + 33] = 100; // Red of the second pixel in the second row.
    const set = parseCifar([
      { path: 'data_batch_1.bin', bytes: first },
      { path: 'data_batch_2.bin', bytes: second },
    ]);
    expect(set).toMatchObject({ width: 32, height: 32, channels: 3 });
    expect([...set.labels]).toEqual([3, 9, 0]);
    expect([...set.inputs.subarray(0, 6)]).toEqual([1, 2, 3, 1, 2, 3]);
    expect([...set.inputs.subarray(3 * PLANE, 3 * PLANE + 3)]).toEqual([4, 5, 6]);
    expect([...set.inputs.subarray(6 * PLANE + 99, 6 * PLANE + 102)]).toEqual([100, 8, 9]);
  });

  it.each([
    ['data/empty', new Uint8Array(0)],
    ['data/malformed', record(1, 2, 3, 4).subarray(1)],
    ['data/labels', record(10, 2, 3, 4)],
  ])('gives %s', (code, bytes) => {
    const batch = { path: 'test_batch.bin', bytes };
    expect(() => parseCifar([batch])).toThrow(expect.objectContaining({ code }));
  });

  it('knows the files of each part', () => {
    expect(isCifarBatch('cifar-10-batches-bin/data_batch_5.bin', 'train')).toBe(true);
    expect(isCifarBatch('cifar-10-batches-bin/test_batch.bin', 'train')).toBe(false);
    expect(isCifarBatch('test_batch.bin', 'test')).toBe(true);
  });
});
