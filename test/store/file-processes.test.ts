/** Several processes on one folder, killed ones, and ones without room. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileStore } from '../../sdk/src/store/file-store.ts';
import { sameBytes } from './assertions.ts';
import { countBytes, countKey, raceBytes, raceKey, raceKeys } from './counted-entries.ts';
import { finishJob, startJob } from './folder-process.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hff-store-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('keeps for the next process what the last one created', async () => {
  await finishJob(startJob(['write', folder]));
  await finishJob(startJob(['check', folder]));
});

it('lets one of several processes create a key', async () => {
  const racers = [0, 1, 2, 3];
  const jobs = racers.map((racer) => startJob(['race', folder, String(racer)]));
  const got = await Promise.all(jobs.map(finishJob));
  expect(got.flat().toSorted((a, b) => Number(a) - Number(b))).toEqual([...Array(raceKeys).keys()]);
  const store = fileStore(folder);
  for (const racer of racers) {
    for (const i of got[racer] ?? []) {
      sameBytes(await store.load(raceKey(Number(i))), raceBytes(racer), `key ${i}`);
    }
  }
});

it('has all that was told of after a kill, and nothing that is not whole', async () => {
  const store = fileStore(folder);
  let next = 0;
  for (const before of [1, 8, 3, 5, 2, 13]) {
    const job = startJob(['count', folder, String(next)]);
    const told: number[] = [];
    createInterface({ input: job.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      told.push(Number(line));
      if (told.length === before) job.kill('SIGKILL');
    });
    await once(job, 'close');
    expect(told.length).toBeGreaterThanOrEqual(before);
    const keys = await store.list('log/');
    // One may be there that it had no time to tell of.
    const last = Math.max(told.at(-1) as number, keys.length - 1);
    expect(last - (told.at(-1) as number)).toBeLessThanOrEqual(1);
    expect(keys).toEqual(Array.from({ length: last + 1 }, (_, i) => countKey(i)));
    for (let i = next; i <= last; i++)
      sameBytes(await store.load(countKey(i)), countBytes(i), `${i}`);
    next = last + 1;
  }
});

interface Filled {
  code: string;
  count: number;
  files: string[];
  keys: string[];
  again: boolean;
}

function expectFull(told: unknown[]): void {
  const [{ code, count, files, keys, again }] = told as [Filled];
  expect({ code, again }).toEqual({ code: 'store/full', again: true });
  expect(count).toBeGreaterThan(1);
  expect(keys).toEqual(Array.from({ length: count }, (_, i) => countKey(i)));
  expect(files.filter((file) => !file.endsWith('='))).toEqual(['log']);
}

/** Runs what follows with a small file system of its own at the folder that comes first. */
const mounted = ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=2m tmpfs "$0" && exec "$@"'];
const [unshare = '', ...within] = mounted;
const canMount = spawnSync(unshare, [...within, tmpdir(), 'true']).status === 0;

it.skipIf(!canMount)('says so when the disk is full, and stays good', async () => {
  expectFull(await finishJob(startJob(['fill', folder], [...mounted, folder])));
  expect(await readdir(folder)).toEqual([]);
});

it.skipIf(process.platform === 'win32')('says so when a file may not be as long', async () => {
  const limited = ['sh', '-c', 'ulimit -f 250 && exec "$0" "$@"'];
  expectFull(await finishJob(startJob(['fill', folder], limited)));
});
