/** A record that a crash has torn must not cost what was stored before and after it. */
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LastingBrowser, lastingBrowser } from '../support/lasting-browser.ts';

let browser: LastingBrowser;

beforeAll(async () => {
  browser = await lastingBrowser({
    folder: new URL('page/', import.meta.url),
    ready: 'runCaseInWorker',
  });
});

afterAll(() => browser?.close());

/** Ends the newest log as a crash in the middle of a record does: checksum, length 1000, a first part of 100. */
async function tear(profile: string): Promise<void> {
  const files = await readdir(profile, { recursive: true });
  const logs = files.filter((file) => /indexeddb\.leveldb.\d+\.log$/.test(file)).sort();
  const torn = Buffer.from([1, 2, 3, 4, 0xe8, 0x03, 1, ...Array(100).fill(7)]);
  await appendFile(join(profile, logs.at(-1) as string), torn);
}

/** What three browsers find that write an entry each, the log being torn after the first. */
async function counts(write: (entry: string) => Promise<number>): Promise<number[]> {
  const profile = await browser.newProfile();
  const found: number[] = [];
  for (const entry of ['a', 'b', 'c']) {
    const { context, page } = await browser.start(profile);
    found.push(await page.evaluate(write, entry));
    await context.close();
    if (entry === 'a') await tear(profile);
  }
  return found;
}

it('is survived by what the store keeps', async () => {
  const found = await counts(async (entry) => {
    const store = openStore('kept');
    const { length } = await store.list('');
    await store.create(entry, someBytes(5000, 1));
    return length;
  });
  expect(found).toEqual([0, 1, 2]);
});

// When this fails, Chromium has mended it, and `finish-log.ts` can go.
it('costs all where nobody begins a new log', async () => {
  const found = await counts(
    (entry) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('plain');
        opening.onupgradeneeded = () => opening.result.createObjectStore('entries');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('entries', 'readwrite');
          const counted = transaction.objectStore('entries').count();
          transaction.objectStore('entries').put(new Uint8Array(5000), entry);
          transaction.oncomplete = () => resolve(counted.result);
          transaction.onabort = () => reject(transaction.error);
        };
      }),
  );
  expect(found).toEqual([0, 1, 0]);
});
