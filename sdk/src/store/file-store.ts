/**
 * Bytes in a folder, one file per entry; `file-names.ts` says which, `linked-file.ts` how it is
 * written. A process that is killed while it writes leaves a temporary file that no list shows; a
 * process that starts to write to the folder an hour later or more clears it away.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { folderOf, keyOf, pathOf } from './file-names.ts';
import { checkKey, checkPrefix } from './keys.ts';
import { clearAway, createFile, syncFolder } from './linked-file.ts';
import { full, unavailable } from './refusals.ts';
import type { Store } from './store.ts';

/**
 * Any number of processes may share the folder. Its file system must know hard links, as those of
 * Linux, macOS and Windows do; FAT does not.
 * @param folder made when something is first created; other files in it are left alone
 */
export function fileStore(folder: string): Store {
  return new FileStore(resolve(folder));
}

class FileStore implements Store {
  readonly #root: string;
  /** Folders that are on disk for certain. */
  readonly #known = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  async load(key: string): Promise<Uint8Array | null> {
    checkKey(key);
    const path = join(this.#root, pathOf(key));
    try {
      return new Uint8Array(await readFile(path));
    } catch (cause) {
      if (codeOf(cause) === 'ENOENT') return null;
      throw refusal(path, cause);
    }
  }

  async create(key: string, bytes: Uint8Array): Promise<boolean> {
    checkKey(key);
    const own = new Uint8Array(bytes);
    const path = join(this.#root, pathOf(key));
    try {
      await this.#provide(dirname(path));
      return await createFile(path, own);
    } catch (cause) {
      throw refusal(path, cause);
    }
  }

  async list(prefix: string): Promise<string[]> {
    checkPrefix(prefix);
    const folder = folderOf(prefix.slice(0, Math.max(0, prefix.lastIndexOf('/'))));
    const keys: string[] = [];
    for (const path of await pathsBelow(join(this.#root, folder))) {
      const key = keyOf(folder ? `${folder}/${path}` : path);
      if (key?.startsWith(prefix)) keys.push(key);
    }
    return keys.sort();
  }

  /** The folder stays, since another process may be about to write there. */
  async remove(key: string): Promise<void> {
    checkKey(key);
    const path = join(this.#root, pathOf(key));
    try {
      await rm(path, { force: true });
    } catch (cause) {
      throw refusal(path, cause);
    }
  }

  /** Makes a folder that a loss of power does not take away again. */
  async #provide(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (!first && this.#known.has(folder)) return;
    // Up to the root in any case: another process may have made a folder, and not have come to this.
    const isAbove = first !== undefined && first.length <= this.#root.length;
    const top = isAbove ? dirname(first) : this.#root;
    for (let at = folder; at.length > top.length; ) {
      at = dirname(at);
      await syncFolder(at);
    }
    await clearAway(folder);
    this.#known.add(folder);
  }
}

/** Of all that is below a folder, with `/` between the names; none where the folder is not there. */
async function pathsBelow(folder: string): Promise<string[]> {
  try {
    const paths = await readdir(folder, { recursive: true });
    return paths.map((path) => path.replaceAll(sep, '/'));
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return [];
    throw refusal(folder, cause);
  }
}

function codeOf(cause: unknown): string | undefined {
  return (cause as NodeJS.ErrnoException).code;
}

function refusal(path: string, cause: unknown): Error {
  const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(cause) ?? '');
  return (isFull ? full : unavailable)(`File ${path}`, cause);
}
