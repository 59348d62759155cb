/** A folder for the files of one test file, removed when its tests are done. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** @returns writes a file, with the folders above it, and gives its path */
export function temporaryFolder(): (path: string, content: Uint8Array | string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'hff-data-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (path, content) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
}
