/** Whether a result can be written where it is asked for, told before hours of work. */
import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { HffError } from '../node.ts';

/**
 * @param option names the option in messages
 * @throws HffError `option/invalid` when no file can be written at `out`
 */
export async function checkOut(out: string, option = '--out'): Promise<void> {
  // With an ending, so that `models/` asks for the folder of that name.
  const folder = dirname(`${out}.part`);
  try {
    // The slash refuses a file in the folder's place.
    await access(`${folder}/`, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new HffError(
      'option/invalid',
      `${option} "${out}": expected a folder ${folder} that can be written to, got "${(cause as Error).message}". Make the folder or choose another.`,
      { cause },
    );
  }
  const present = await stat(resolve(out)).catch(() => null);
  if (present?.isDirectory()) {
    throw new HffError(
      'option/invalid',
      `${option} "${out}": expected a file to write, got a folder. Add a file name.`,
    );
  }
}
