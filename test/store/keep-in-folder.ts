/** A process with a file store, for tests that need several or kill one. */
import { writeSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileStore } from '../../sdk/src/store/file-store.ts';
import { sameBytes, someBytes } from './assertions.ts';
import { countBytes, countKey, raceBytes, raceKey, raceKeys } from './counted-entries.ts';
import { checkLasting, writeLasting } from './lasting.ts';

const [job, folder, number] = process.argv.slice(2) as [string, string, string];
const store = fileStore(folder);

const jobs: Record<string, () => Promise<void>> = {
  write: () => writeLasting(store),
  check: () => checkLasting(store),

  /** Tells which keys it got. */
  async race() {
    for (let i = 0; i < raceKeys; i++) {
      if (await store.create(raceKey(i), raceBytes(Number(number)))) tell(i);
    }
  },

  /** Goes on until it is killed; tells of each entry that is there. */
  async count() {
    for (let i = Number(number); ; i++) {
      await store.create(countKey(i), countBytes(i));
      tell(i);
    }
  },

  /** Goes on until it is refused, and sees what is there then. */
  async fill() {
    let count = 0;
    let code: string | undefined;
    while (!code) {
      await store.create(countKey(count), countBytes(count)).then(
        () => count++,
        (error) => {
          code = error.code;
        },
      );
    }
    const files = await readdir(folder, { recursive: true });
    for (let i = 0; i < count; i++) {
      sameBytes(await store.load(countKey(i)), countBytes(i), countKey(i));
    }
    const keys = await store.list('');
    await store.remove(countKey(count - 1));
    const again = await store.create(countKey(count), someBytes(1000));
    tell({ code, count, files, keys, again });
  },
};

/** At once, so that no kill takes it away. */
function tell(news: unknown): void {
  writeSync(1, `${JSON.stringify(news)}\n`);
}

await jobs[job]?.();
