import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { chooseImages } from '../../sdk/src/data/choose-images.ts';
import { type LoadProgress, loadPath } from '../../sdk/src/data/load-path.ts';
import { makeTar } from './make-tar.ts';
import { gradientJpeg } from './sample-images.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A picture of one colour: grey for one value, RGB for three, with alpha for two and four. */
function plain(...colour: number[]): Uint8Array {
  const data = Uint8Array.from(
    { length: 4 * colour.length },
    (_, i) => colour[i % colour.length] as number,
  );
  return encode({ width: 2, height: 2, channels: colour.length, data });
}

const firstPixels = (inputs: ArrayLike<number>, size: number, channels: number): number[][] =>
  Array.from({ length: inputs.length / size }, (_, i) =>
    Array.from({ length: channels }, (_, c) => inputs[i * size + c] as number),
  );

describe('chooseImages', () => {
  it('sorts by class and file, and passes over everything else', () => {
    const paths = [
      'b/2.png',
      'a/1.JPG',
      'b/10.jpeg',
      'notes.txt',
      'loose.png',
      'a/._1.jpg',
      'a/x.gif',
    ];
    const { images, parts } = chooseImages(paths, 'train');
    expect(parts).toEqual([]);
    expect(images.map(({ path, className }) => [className, path])).toEqual([
      ['a', 'a/1.JPG'],
      ['b', 'b/10.jpeg'],
      ['b', 'b/2.png'],
    ]);
  });

  it('takes the part that is asked for, at any depth', () => {
    const paths = ['set/train/a/1.png', 'set/test/b/2.png', 'set/other/c/3.png'];
    expect(chooseImages(paths, 'test').images.map(({ path }) => path)).toEqual([
      'set/test/b/2.png',
    ]);
  });

  it('knows a class called train from a part', () => {
    const { images, parts } = chooseImages(['train/1.png', 'car/2.png'], 'train');
    expect(parts).toEqual([]);
    expect(images.map(({ className }) => className)).toEqual(['car', 'train']);
  });
});

describe('image folders', () => {
  const write = temporaryFolder();

  it('keeps grey images grey and reports progress', async () => {
    write('grey/cat/1.png', plain(10));
    write('grey/cat/2.png', plain(100, 0));
    const folder = dirname(dirname(write('grey/ant/1.png', plain(20))));
    const progress: LoadProgress[] = [];
    const set = await loadPath(folder, { split: 'train', onProgress: (p) => progress.push(p) });
    expect(set).toMatchObject({
      width: 2,
      height: 2,
      channels: 1,
      classes: ['ant', 'cat'],
    });
    expect(firstPixels(set.inputs, 4, 1)).toEqual([[20], [10], [255]]);
    expect([...set.labels]).toEqual([0, 1, 1]);
    expect(progress).toEqual([{ task: 'decode', name: 'grey', done: 3, total: 3 }]);
  });

  it('makes all images RGB when one is', async () => {
    write('mixed/a/1.png', plain(10));
    write('mixed/a/2.png', plain(1, 2, 3));
    const folder = dirname(dirname(write('mixed/b/1.png', plain(50, 60, 70, 255))));
    const set = await loadPath(folder, { split: 'train' });
    expect(set.channels).toBe(3);
    expect(firstPixels(set.inputs, 12, 3)).toEqual([
      [10, 10, 10],
      [1, 2, 3],
      [50, 60, 70],
    ]);
  });

  it('reads the parts of an archive, JPEG among them', async () => {
    const archive = makeTar([
      { path: './set/test/a/', content: '', type: '5' },
      { path: './set/test/a/1.png', content: plain(9, 9, 9) },
      { path: './set/train/a/1.jpg', content: await gradientJpeg(2, 2) },
      { path: './set/train/b/1.jpg', content: await gradientJpeg(2, 2) },
    ]);
    for (const path of [write('set.tar', archive), write('set.tar.gz', gzipSync(archive))]) {
      const train = await loadPath(path, { split: 'train' });
      expect(train).toMatchObject({ channels: 3, classes: ['a', 'b'] });
      expect([...train.labels]).toEqual([0, 1]);
      expect((await loadPath(path, { split: 'test' })).inputs[0]).toBe(9);
    }
  });

  it('names the file of another size, or that is no image', async () => {
    write('sizes/a/1.png', plain(10));
    const odd = encode({ width: 3, height: 2, channels: 1, data: new Uint8Array(6) });
    const folder = dirname(dirname(write('sizes/b/odd.png', odd)));
    await expect(loadPath(folder, { split: 'train' })).rejects.toMatchObject({
      code: 'data/malformed',
      message: expect.stringMatching(/odd\.png: expected 2×2 .* got 3×2/),
    });
    const broken = dirname(dirname(write('broken/a/bad.png', 'no image')));
    await expect(loadPath(broken, { split: 'train' })).rejects.toMatchObject({
      code: 'data/malformed',
      message: expect.stringContaining('bad.png: expected a PNG or JPEG'),
    });
  });

  it('says whether images or only those of a part are missing', async () => {
    const folder = dirname(dirname(write('one/train/a/1.png', plain(1))));
    const parts = dirname(folder);
    expect((await loadPath(parts, { split: 'train' })).labels).toHaveLength(1);
    for (const path of [parts, folder]) {
      await expect(loadPath(path, { split: 'test' })).rejects.toMatchObject({
        code: 'data/not-found',
      });
    }
    const texts = dirname(write('texts/readme.txt', 'none'));
    await expect(loadPath(texts, { split: 'train' })).rejects.toMatchObject({ code: 'data/empty' });
  });
});
