/** Whether the results of `hff continual` can be written, told before hours of work. */
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HffError } from '../node.ts';
import type { ContinualCommandOptions } from './continual-options.ts';

/** @throws HffError `option/invalid` when no file can be written at one of the places */
export async function checkOutputs({ outJson, outHtml }: ContinualCommandOptions): Promise<void> {
  await checkPlace('--out-json', outJson);
  await checkPlace('--out-html', outHtml);
  if (outJson === outHtml) {
    throw new HffError(
      'option/invalid',
      `--out-html: expected another file than --out-json, got ${outHtml} for both.`,
    );
  }
}

async function checkPlace(option: string, file: string): Promise<void> {
  // With an ending, so that `reports/` asks for the folder of that name.
  const folder = dirname(`${file}.part`);
  const refuse = (expected: string, cause?: unknown): never => {
    throw new HffError('option/invalid', `${option} "${file}": expected ${expected}.`, { cause });
  };
  try {
    await access(`${folder}/`, constants.W_OK | constants.X_OK);
  } catch (cause) {
    refuse(`a folder ${folder} that can be written to; make it or choose another`, cause);
  }
  const present = await stat(file || '.').catch(() => null);
  if (present?.isDirectory()) refuse('a file to write, got a folder; add a file name');
}
