import { describe, expect, it } from 'vitest';
import { parseNpy } from '../../sdk/src/data/npy.ts';
import { parseNpz } from '../../sdk/src/data/npz.ts';
import { makeNpy, makeNpz } from './make-npz.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const bytesOf = (array: { readonly buffer: ArrayBufferLike }): Uint8Array =>
  new Uint8Array(array.buffer);
const column = (...values: number[]) => ({
  type: '|u1',
  shape: [values.length],
  bytes: Uint8Array.from(values),
});

describe('parseNpy', () => {
  it.each([
    ['|b1', Uint8Array.of(1, 0)],
    ['|i1', Int8Array.of(-1, 2)],
    ['<u2', Uint16Array.of(1, 65535)],
    ['<i2', Int16Array.of(-1, 300)],
    ['<u4', Uint32Array.of(1, 70000)],
    ['<i4', Int32Array.of(-70000, 2)],
    ['<u8', BigUint64Array.of(1n, 5n)],
    ['<i8', BigInt64Array.of(-1n, 5n)],
    ['<f4', Float32Array.of(0.5, -2)],
    ['<f8', Float64Array.of(0.5, -2)],
  ])('reads %s in both byte orders and header versions', (type, array) => {
    const bytes = bytesOf(array);
    const expected = Float32Array.from(array, Number);
    const swapped = Uint8Array.from(bytes, (_, i) => {
      const width = array.BYTES_PER_ELEMENT;
      return bytes[i - (i % width) + (width - 1 - (i % width))] as number;
    });
    const big = type.replace('<', '>');
    expect(parseNpy(makeNpy({ type, shape: [2], bytes }), 'x').values).toEqual(expected);
    const other = makeNpy({ type: big, shape: [2, 1], bytes: swapped, version: 2 });
    expect(parseNpy(other, 'x')).toEqual({ shape: [2, 1], values: expected });
  });

  it('leaves unsigned bytes as they are', () => {
    expect(parseNpy(makeNpy(column(1, 255)), 'x').values).toEqual(Uint8Array.of(1, 255));
  });

  it('refuses every cut, other orders, other types and wrong sizes', () => {
    const whole = makeNpy(column(1, 2));
    for (let end = 0; end < whole.length; end++) {
      expect(() => parseNpy(whole.subarray(0, end), 'cut')).toThrow(code('data/malformed'));
    }
    for (const wrong of [
      { fortran: true },
      { type: '<U4' },
      { type: '|O' },
      { type: '<f2' },
      { shape: [3] },
      { shape: [2 ** 40, 2 ** 40] },
    ]) {
      const bytes = makeNpy({ ...column(1, 2), ...wrong });
      expect(() => parseNpy(bytes, 'x')).toThrow(code('data/malformed'));
    }
  });
});

describe('parseNpz', () => {
  const images = { type: '|u1', shape: [2, 1, 2], bytes: Uint8Array.of(1, 2, 3, 4) };

  it('reads one set', () => {
    const labels = { type: '<i8', shape: [2, 1], bytes: bytesOf(BigInt64Array.of(2n, 0n)) };
    const bytes = makeNpz({ X: images, y: labels });
    const set = parseNpz(bytes, 'train', 'set.npz');
    expect(set).toMatchObject({ width: 2, height: 1, channels: 1 });
    expect(set.inputs).toEqual(images.bytes);
    expect([...set.labels]).toEqual([2, 0]);
    expect(set.classes).toEqual(['0', '1', '2']);
    expect(() => parseNpz(bytes, 'test', 'set.npz')).toThrow(code('data/not-found'));
  });

  it('reads the part that is asked for, named either way', () => {
    const test = { type: '<f4', shape: [1, 3], bytes: bytesOf(Float32Array.of(0.5, 1, 2)) };
    const bytes = makeNpz({
      x_train: images,
      y_train: column(0, 1),
      test_images: test,
      test_labels: column(1),
    });
    expect(parseNpz(bytes, 'train', 'set.npz')).toMatchObject({ width: 2, height: 1 });
    const set = parseNpz(bytes, 'test', 'set.npz');
    expect(set).toMatchObject({ width: 3, height: 1, channels: 1 });
    expect(set.inputs).toEqual(Float32Array.of(0.5, 1, 2));
  });

  it('reads colour images', () => {
    const colour = { type: '|u1', shape: [1, 2, 1, 3], bytes: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    const set = parseNpz(makeNpz({ data: colour, targets: column(0) }), 'train', 'set.npz');
    expect(set).toMatchObject({ width: 1, height: 2, channels: 3 });
  });

  it.each([
    ['data/not-found', { x: images }],
    ['data/not-found', { x_test: images, y_test: column(0, 1) }],
    ['data/labels', { x: images, y: column(0) }],
    ['data/labels', { x: images, y: { type: '|i1', shape: [2], bytes: Uint8Array.of(0, 255) } }],
    [
      'data/labels',
      { x: images, y: { type: '<f4', shape: [2], bytes: bytesOf(Float32Array.of(0, 0.5)) } },
    ],
    ['data/empty', { x: { type: '|u1', shape: [0, 4], bytes: new Uint8Array(0) }, y: column() }],
    [
      'data/malformed',
      {
        x: { type: '<f4', shape: [1, 1], bytes: bytesOf(Float32Array.of(Number.NaN)) },
        y: column(0),
      },
    ],
    ['data/malformed', { x: { ...images, shape: [2, 1, 1, 2] }, y: column(0, 1) }],
  ])('gives %s', (expected, arrays) => {
    expect(() => parseNpz(makeNpz(arrays), 'train', 'set.npz')).toThrow(code(expected));
  });

  it('refuses what is no zip, a cut one and one that claims too much', () => {
    const whole = makeNpz({ x: images, y: column(0, 1) });
    for (let end = 0; end < whole.length; end += 7) {
      expect(() => parseNpz(whole.subarray(0, end), 'train', 'cut')).toThrow(/cut/);
    }
    const claim = Buffer.from(whole);
    const directory = claim.indexOf(Buffer.from('PK\x01\x02'));
    claim.writeUInt32LE(0xfffffff0, directory + 24);
    expect(() => parseNpz(claim, 'train', 'claim')).toThrow(/claims 4294967280 bytes/);
  });
});
