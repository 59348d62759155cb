/** Files that are there whole or not at all. */
import { open, rename } from 'node:fs/promises';

/** Writes beside `path`, forces it to disk, then renames: a crash leaves the old file or the new. */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
