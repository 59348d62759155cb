import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileStore } from '../../sdk/src/store/file-store.ts';
import { refused, sameBytes, someBytes } from './assertions.ts';
import { runCase } from './contract.ts';
import { itKeepsTheContract } from './run-contract.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hff-store-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('fileStore', () => {
  itKeepsTheContract(['one-creator'], (name) =>
    runCase(name, { open: async (place) => fileStore(join(folder, 'of/learned', place)) }),
  );

  it('makes no folder to read', async () => {
    const store = fileStore(join(folder, 'new'));
    expect([await store.load('a'), await store.list('')]).toEqual([null, []]);
    await store.remove('a');
    expect(await readdir(folder)).toEqual([]);
  });

  it('names files so that any file system can tell them apart', async () => {
    const store = fileStore(folder);
    const keys = ['m/log/0001', 'm/log', 'M/log', 'con', 'a./x', '.b', `${'c'.repeat(81)}/Nul.D`];
    for (const key of keys) await store.create(key, someBytes(1));
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('='));
    expect(names.toSorted()).toEqual([
      '%2Eb=',
      '%4D/log=',
      '%63on=',
      'a%2E/x=',
      `${'c'.repeat(80)}+/c/%4Eul.%44=`,
      'm/log/0001=',
      'm/log=',
    ]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('lists no files of others', async () => {
    const store = fileStore(folder);
    await store.create('a/b', someBytes(1));
    for (const name of ['a/B=', 'a/._b=', 'a/%zz=', 'a/.DS_Store', 'x', 'a/~b=', 'con=']) {
      await writeFile(join(folder, name), 'x');
    }
    await mkdir(join(folder, 'a/c'));
    expect(await store.list('')).toEqual(['a/b']);
  });

  it('clears away what was left by a writer that is long gone, and nothing else', async () => {
    await mkdir(join(folder, 'a'));
    for (const [name, hours] of [
      ['~old', 2],
      ['~young', 0.5],
      ['other', 2],
    ] as const) {
      const path = join(folder, 'a', name);
      await writeFile(path, 'x');
      const seconds = Date.now() / 1000 - hours * 3600;
      await utimes(path, seconds, seconds);
    }
    const store = fileStore(folder);
    expect(await store.list('')).toEqual([]);
    await store.create('a/b', someBytes(1));
    expect((await readdir(join(folder, 'a'))).toSorted()).toEqual(['b=', 'other', '~young']);
  });

  it('makes folders anew that were taken away', async () => {
    const store = fileStore(join(folder, 'learned'));
    await store.create('a/b', someBytes(1));
    await rm(join(folder, 'learned'), { recursive: true });
    expect(await store.load('a/b')).toBeNull();
    expect(await store.create('a/b', someBytes(2))).toBe(true);
    sameBytes(await store.load('a/b'), someBytes(2), 'load');
  });

  it('says where it cannot write or read', async () => {
    await writeFile(join(folder, 'file'), 'x');
    const store = fileStore(join(folder, 'file'));
    await refused(store.create('a', someBytes(1)), 'store/unavailable', 'create');
    await refused(store.load('a'), 'store/unavailable', 'load');
    await refused(store.list(''), 'store/unavailable', 'list');
    await refused(store.remove('a'), 'store/unavailable', 'remove');
    await expect(store.load('a')).rejects.toThrow(/file.a=: .*ENOTDIR/);
  });

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)('says where it may not write', async () => {
    await chmod(folder, 0o500);
    await refused(fileStore(folder).create('a', someBytes(1)), 'store/unavailable', 'create');
    await chmod(folder, 0o700);
  });
});
