/**
 * Files that are there whole or not at all: written beside their place under another name, forced to
 * disk, then linked to it. Of several processes that do so at once, one succeeds.
 */
import { randomUUID } from 'node:crypto';
import { link, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

/** Begins the name of a file that is being written, as no segment of a key can. */
const temporaryMark = '~';
/** Milliseconds after which no process can still be writing a file. */
const longestWriting = 3_600_000;

/**
 * @param path in a folder that is there
 * @returns false where there is something
 */
export async function createFile(path: string, bytes: Uint8Array): Promise<boolean> {
  const folder = dirname(path);
  const temporary = join(folder, `${temporaryMark}${randomUUID()}`);
  try {
    await write(temporary, bytes);
    await link(temporary, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  } finally {
    // Where this fails, it is cleared away later.
    await rm(temporary, { force: true }).catch(() => {});
  }
  await syncFolder(folder);
  return true;
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Forces the names in a folder to disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and has no need to.
  if (sep === '\\') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what killed writers left. One that only slept finds its file gone, and is refused. */
export async function clearAway(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(temporaryMark)) continue;
    const path = join(folder, name);
    const left = await stat(path).catch(() => null);
    const isOld = left && Date.now() - left.mtimeMs > longestWriting;
    if (isOld) await rm(path, { force: true }).catch(() => {});
  }
}
