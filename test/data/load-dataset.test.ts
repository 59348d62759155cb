import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../sdk/src/data/load-dataset.ts';
import { makeIdx } from './make-idx.ts';
import { makeNpz } from './make-npz.ts';
import { makeTar } from './make-tar.ts';
import { temporaryFolder } from './temporary-folder.ts';

const names = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');
const cifarRecord = (label: number): Uint8Array =>
  Uint8Array.from({ length: 3073 }, (_, i) => (i ? 5 : label));

describe('loadDataset', () => {
  const write = temporaryFolder();
  const train = { split: 'train' } as const;

  function writeIdx(folder: string, prefix: string, labels: number[]): string {
    const images = makeIdx([labels.length, 2, 2], new Uint8Array(4 * labels.length));
    write(`${folder}/${prefix}-images-idx3-ubyte.gz`, gzipSync(images));
    return dirname(
      write(`${folder}/${prefix}-labels-idx1-ubyte.gz`, gzipSync(makeIdx([labels.length], labels))),
    );
  }

  it('finds named sets in a data folder, with their class names', async () => {
    const dataDir = dirname(writeIdx('known/mnist', 'train', [3, 1]));
    writeIdx('known/FashionMNIST/raw', 't10k', [9]);
    const mnist = await loadDataset('mnist', { split: 'train', dataDir });
    expect(mnist.width).toBe(2);
    expect(mnist.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    const fashion = await loadDataset('fashion-mnist', { split: 'test', dataDir });
    expect(fashion.classes[fashion.labels[0] as number]).toBe('Ankle boot');
  });

  it('reads CIFAR-10 from batches, from its archive and from images', async () => {
    const batch = write('batches/cifar-10-batches-bin/data_batch_1.bin', cifarRecord(9));
    const archive = makeTar([
      { path: 'cifar-10-batches-bin/batches.meta.txt', content: 'airplane' },
      { path: 'cifar-10-batches-bin/test_batch.bin', content: cifarRecord(3) },
    ]);
    const packed = write('packed/cifar-10-binary.tar.gz', gzipSync(archive));
    const pixel = encode({ width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3) });
    let image = '';
    for (const name of names) image = write(`images/cifar10/test/${name}/0.png`, pixel);
    const load = async (split: 'train' | 'test', dataDir: string): Promise<string | undefined> => {
      const { classes, labels, channels } = await loadDataset('cifar10', { split, dataDir });
      expect([classes.length, channels]).toEqual([10, 3]);
      return classes[labels.at(-1) as number];
    };
    expect(await load('train', dirname(dirname(batch)))).toBe('truck');
    expect(await load('test', dirname(packed))).toBe('cat');
    expect(await load('test', dirname(dirname(dirname(dirname(image)))))).toBe('truck');
    await expect(loadDataset(packed, train)).rejects.toMatchObject({ code: 'data/not-found' });
  });

  it('refuses a named set with foreign classes', async () => {
    const pixel = encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(1) });
    const image = write('foreign/cifar10/train/unicorn/0.png', pixel);
    const cifar = loadDataset('cifar10', { split: 'train', dataDir: join(image, '../../../..') });
    await expect(cifar).rejects.toMatchObject({
      code: 'data/labels',
      message: expect.stringContaining('unicorn'),
    });
    const dataDir = dirname(writeIdx('foreign/mnist', 'train', [10]));
    await expect(loadDataset('mnist', { split: 'train', dataDir })).rejects.toMatchObject({
      code: 'data/labels',
    });
  });

  it('tells paths apart', async () => {
    const idx = writeIdx('some-idx', 'train', [1]);
    expect(await loadDataset(idx, train)).toMatchObject({ classes: ['0', '1'] });
    const csv = write('some.csv', 'label,x\na,1\n');
    expect(await loadDataset(csv, train)).toMatchObject({ classes: ['a'] });
    await expect(loadDataset(csv, { split: 'test' })).rejects.toMatchObject({
      code: 'data/not-found',
      message: expect.stringContaining('ask for train'),
    });
    const column = { type: '|u1', shape: [1], bytes: Uint8Array.of(0) };
    const npz = write('some.npz', makeNpz({ x: { ...column, shape: [1, 1] }, y: column }));
    expect(await loadDataset(npz, train)).toMatchObject({ classes: ['0'] });
  });

  it('says what it looked for', async () => {
    await expect(loadDataset('no-such-set', train)).rejects.toMatchObject({
      code: 'data/not-found',
      message: expect.stringMatching(/no-such-set.*mnist, fashion-mnist, cifar10/),
    });
    await expect(loadDataset(write('notes.txt', 'text'), train)).rejects.toMatchObject({
      code: 'data/malformed',
    });
  });
});

/** A folder with mnist, fashion-mnist or cifar10, where someone has one. */
const dataDir = process.env.HFF_DATA_DIR;

describe.runIf(dataDir)('real data', () => {
  it.each([
    ['mnist', '5 0 4 1 9'],
    ['fashion-mnist', 'Ankle boot T-shirt/top T-shirt/top Dress T-shirt/top'],
  ])('reads %s', async (name, first) => {
    const set = await loadDataset(name, { split: 'train', dataDir: dataDir as string });
    expect([set.inputs.length, set.labels.length]).toEqual([60_000 * 784, 60_000]);
    expect(Array.from(set.labels.subarray(0, 5), (label) => set.classes[label]).join(' ')).toBe(
      first,
    );
  });

  it('reads cifar10', async () => {
    const set = await loadDataset('cifar10', { split: 'test', dataDir: dataDir as string });
    expect(set.inputs.length).toBe(10_000 * 3072);
    const counts = new Uint32Array(10);
    for (const label of set.labels) counts[label] = (counts[label] as number) + 1;
    expect([...counts]).toEqual(Array(10).fill(1000));
  });
});
