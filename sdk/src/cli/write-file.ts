/** Files that are there whole or not at all. */
import { open, rename, rm } from 'node:fs/promises';
import { HffError } from '../node.ts';

/**
 * Writes beside `path`, forces it to disk, then renames: a crash leaves the old file or the new.
 * @throws HffError `option/invalid` when the system refuses
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  try {
    await write(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    // Where this fails too, the first failure tells more.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new HffError(
      'option/invalid',
      `${path}: cannot be written (${(cause as Error).message}). Make room there or choose another place.`,
      { cause },
    );
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
