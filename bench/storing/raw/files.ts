/**
 * Bytes in files. A name in a folder is safe when the folder is, too: without that a file that was
 * written and renamed may be gone after a loss of power.
 */
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RawStore } from '../platform.ts';

export function rawFiles(root: string): RawStore {
  const made = new Set<string>();
  return {
    async put(key, bytes) {
      const path = join(root, key);
      const folder = dirname(path);
      if (!made.has(folder)) await mkdir(folder, { recursive: true });
      made.add(folder);
      const temporary = `${path}~`;
      const file = await open(temporary, 'wx');
      await file.writeFile(bytes);
      await file.sync();
      await file.close();
      await rename(temporary, path);
      const names = await open(folder);
      await names.sync();
      await names.close();
    },
    async read(prefix) {
      const folder = join(root, prefix);
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
    },
  };
}
