/** What can be wrong with the options of `hff train` and is told before any data are loaded. */
import { access, constants, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { HffError, modelNamePattern } from '../node.ts';
import type { TrainCommandOptions } from './train-options.ts';

/** @throws HffError `option/invalid` when no file can be written at `out` */
export async function checkOut(out: string): Promise<void> {
  // With an ending, so that `models/` asks for the folder of that name.
  const folder = dirname(`${out}.part`);
  try {
    // The slash refuses a file in the folder's place.
    await access(`${folder}/`, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new HffError(
      'option/invalid',
      `--out ${out}: expected a folder ${folder} that can be written to, got "${(cause as Error).message}". Make the folder or choose another.`,
      { cause },
    );
  }
  const present = await stat(resolve(out)).catch(() => null);
  if (present?.isDirectory()) {
    throw new HffError(
      'option/invalid',
      `--out "${out}": expected a file to write, got a folder. Add a file name.`,
    );
  }
}

/**
 * The model's name: as given, or made from the file's.
 * @throws HffError `option/invalid`
 */
export function modelName({ name, out }: TrainCommandOptions): string {
  const chosen = name ?? nameOfFile(out);
  if (modelNamePattern.test(chosen)) return chosen;
  throw new HffError(
    'option/invalid',
    `--name: expected 1 to 64 of a-z, 0-9, ".", "_" and "-", a letter or digit first, got "${chosen}"${name === undefined ? ` from --out ${out}` : ''}. Give such a --name.`,
  );
}

/** @throws HffError `option/invalid` when a voter is no layer or named twice */
export function checkVoters({ voters = [], layers }: TrainCommandOptions): void {
  const different = new Set(voters).size === voters.length;
  if (different && voters.every((voter) => voter < layers.length)) return;
  throw new HffError(
    'option/invalid',
    `--voters: expected different layers from 0 to ${layers.length - 1}, got ${voters}. Name others or leave --voters out.`,
  );
}

function nameOfFile(out: string): string {
  return basename(out)
    .replace(/\.safetensors$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '');
}
