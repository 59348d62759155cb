import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download } from '../../sdk/src/data/download.ts';
import { loadDataset } from '../../sdk/src/data/load-dataset.ts';
import { type LoadProgress, loadPath } from '../../sdk/src/data/load-path.ts';
import type { NamedSet } from '../../sdk/src/data/named-sets.ts';
import { provideNamedSet } from '../../sdk/src/data/provide-named-set.ts';
import { makeIdx } from './make-idx.ts';
import { temporaryFolder } from './temporary-folder.ts';

const content = Buffer.alloc(300_000, 'data');
const sum = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
const md5 = sum(content);
const images = makeIdx([2, 1, 1], [7, 8]);
const labels = makeIdx([2], [0, 1]);

describe('download', () => {
  const write = temporaryFolder();
  const folder = dirname(write('here', ''));
  const ignore = (): void => undefined;
  let server: Server;
  let home = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/good')
        response.writeHead(200, { 'content-length': content.length }).end(content);
      else if (request.url === '/unsized') response.writeHead(200).end(content);
      else if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(0, 100_000), () => response.destroy());
      } else if (request.url?.startsWith('/wrong/')) response.writeHead(200).end('not the file');
      else if (request.url === '/tiny/train-images-idx3-ubyte') response.end(images);
      else if (request.url === '/tiny/train-labels-idx1-ubyte') response.end(labels);
      else response.writeHead(404).end('not here');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  it.each([
    ['good', content.length],
    ['unsized', null],
  ])('fetches %s and reports progress', async (name, total) => {
    const progress: [number, number | null][] = [];
    const path = join(folder, name);
    await download(`${home}/${name}`, path, md5, (...step) => progress.push(step));
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(progress.at(-1)).toEqual([content.length, total]);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it.each([
    ['good', '0'.repeat(32), 'MD5'],
    ['missing', md5, '404'],
    ['cut', md5, 'fetched'],
  ])('leaves nothing behind of %s with sum %s', async (name, sum, reason) => {
    const path = join(folder, `failed-${name}`);
    const url = `${home}/${name}`;
    const failure = download(url, path, sum, ignore);
    await expect(failure).rejects.toMatchObject({
      code: 'data/download',
      message: expect.stringContaining(reason),
    });
    await expect(failure).rejects.toThrow(url);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('says so when no server answers', async () => {
    const closed = createServer();
    await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    const failure = download(`http://127.0.0.1:${port}/x`, join(folder, 'x'), md5, ignore);
    await expect(failure).rejects.toMatchObject({
      code: 'data/download',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('fetches the files of a named set once', async () => {
    const set: NamedSet = {
      classes: ['a', 'b'],
      places: ['tiny'],
      home: 'http://unused.invalid/',
      folder: 'tiny',
      files: {
        train: [
          { name: 'train-images-idx3-ubyte', md5: sum(images) },
          { name: 'train-labels-idx1-ubyte', md5: sum(labels) },
        ],
        test: [],
      },
    };
    const tasks: LoadProgress[] = [];
    const options = { split: 'train', dataDir: join(folder, 'new'), mirror: home } as const;
    const onProgress = (progress: LoadProgress): number => tasks.push(progress);
    const place = await provideNamedSet('tiny', set, { ...options, onProgress });
    expect(tasks.map(({ task, name }) => `${task} ${name}`)).toEqual([
      'download train-images-idx3-ubyte',
      'download train-labels-idx1-ubyte',
    ]);
    expect([...(await loadPath(place, { split: 'train' })).inputs]).toEqual([7, 8]);
    expect(
      await provideNamedSet('tiny', set, { ...options, mirror: 'http://unused.invalid' }),
    ).toBe(place);
  });

  it('is what loadDataset does with a named set that is not here', async () => {
    const options = {
      split: 'train',
      dataDir: join(folder, 'empty'),
      mirror: `${home}/wrong/`,
    } as const;
    await expect(loadDataset('mnist', options)).rejects.toMatchObject({
      code: 'data/download',
      message: expect.stringMatching(/wrong\/mnist\/train-images-idx3-ubyte\.gz.*MD5/),
    });
    await expect(loadDataset('cifar10', options)).rejects.toThrow(
      /cifar10\/cifar-10-binary\.tar\.gz/,
    );
  });
});
