import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseIdx } from '../../sdk/src/data/idx.ts';
import { loadIdxFolder } from '../../sdk/src/data/idx-folder.ts';
import { makeIdx } from './make-idx.ts';
import { temporaryFolder } from './temporary-folder.ts';

const malformed = expect.objectContaining({ code: 'data/malformed' });

describe('parseIdx', () => {
  it('reads shape and values', () => {
    const { shape, values } = parseIdx(makeIdx([2, 1, 3], [1, 2, 3, 4, 5, 255]), 'images');
    expect(shape).toEqual([2, 1, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 255]);
  });

  it('reads bytes that begin in the middle of a buffer', () => {
    const padded = Buffer.concat([new Uint8Array(3), makeIdx([2], [7, 8])]);
    expect([...parseIdx(padded.subarray(3), 'labels').values]).toEqual([7, 8]);
  });

  it('refuses every cut', () => {
    const whole = makeIdx([2, 1, 2], [1, 2, 3, 4]);
    for (let end = 0; end < whole.length; end++) {
      expect(() => parseIdx(whole.subarray(0, end), 'cut')).toThrow(malformed);
    }
  });

  it('refuses sizes that the bytes do not back, before memory is taken', () => {
    expect(() => parseIdx(makeIdx([2 ** 31, 2 ** 31, 2 ** 31], [1]), 'huge')).toThrow(malformed);
    expect(() => parseIdx(makeIdx([2], [1, 2, 3]), 'long')).toThrow(malformed);
  });

  it('refuses other types and other files', () => {
    const floats = makeIdx([1], [1]);
    floats[2] = 0x0d;
    expect(() => parseIdx(floats, 'floats')).toThrow(/type 13/);
    expect(() => parseIdx(makeIdx([], [1]), 'no dimensions')).toThrow(malformed);
    expect(() => parseIdx(Uint8Array.of(1, 2, 3, 4, 5), 'other')).toThrow(malformed);
  });
});

describe('loadIdxFolder', () => {
  const write = temporaryFolder();

  it('reads plain and gzip files of both parts', async () => {
    const folder = dirname(write('set/train-images-idx3-ubyte', makeIdx([2, 1, 2], [1, 2, 3, 4])));
    write('set/train-labels-idx1-ubyte.gz', gzipSync(makeIdx([2], [2, 0])));
    write('set/t10k-images-idx3-ubyte.gz', gzipSync(makeIdx([1, 1, 2], [5, 6])));
    write('set/t10k-labels-idx1-ubyte', makeIdx([1], [1]));
    const train = await loadIdxFolder(folder, 'train');
    expect(train).toMatchObject({ width: 2, height: 1, channels: 1, classes: ['0', '1', '2'] });
    expect([...train.inputs]).toEqual([1, 2, 3, 4]);
    expect([...train.labels]).toEqual([2, 0]);
    expect([...(await loadIdxFolder(folder, 'test')).inputs]).toEqual([5, 6]);
  });

  it.each([
    ['data/labels', [2, 1, 2], [3]],
    ['data/labels', [2, 1, 2], [1, 2]],
    ['data/empty', [0, 1, 2], [0]],
    ['data/malformed', [2, 2], [2]],
  ])('gives %s for images %j with labels %j', async (code, images, labels) => {
    const size = (shape: number[]): number =>
      shape.reduce((product, length) => product * length, 1);
    const name = `${images.join('-')}_${labels.join('-')}`;
    const path = write(
      `${name}/train-images-idx3-ubyte`,
      makeIdx(images, new Uint8Array(size(images))),
    );
    write(`${name}/train-labels-idx1-ubyte`, makeIdx(labels, new Uint8Array(size(labels))));
    await expect(loadIdxFolder(dirname(path), 'train')).rejects.toMatchObject({ code });
  });

  it('names what is missing or broken', async () => {
    const folder = dirname(
      write('broken/train-images-idx3-ubyte.gz', Uint8Array.of(0x1f, 0x8b, 8, 0)),
    );
    await expect(loadIdxFolder(folder, 'train')).rejects.toMatchObject({
      code: 'data/not-found',
      message: expect.stringContaining('train-labels-idx1-ubyte'),
    });
    write('broken/train-labels-idx1-ubyte', makeIdx([1], [1]));
    await expect(loadIdxFolder(folder, 'train')).rejects.toMatchObject({
      code: 'data/malformed',
      message: expect.stringContaining('broken gzip'),
    });
  });
});
