import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download } from '../../sdk/src/data/download.ts';
import { loadDataset } from '../../sdk/src/data/load-dataset.ts';
import { temporaryFolder } from './temporary-folder.ts';

const content = Buffer.alloc(300_000, 'data');
const md5 = createHash('md5').update(content).digest('hex');

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
