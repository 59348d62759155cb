/** One run, in a process of its own: `run-one.ts <job as JSON>`; see {@link Job}. */
import { rm } from 'node:fs/promises';
import { writeFileAtomically } from '../../sdk/src/cli/write-file.ts';
import { HffError } from '../../sdk/src/error.ts';
import type { Job } from './job.ts';
import { measureModel } from './measure-model.ts';
import { measureRun } from './measure-run.ts';

const { run, file, checkpoint, model, log } = JSON.parse(process.argv[2] ?? '') as Job;
try {
  const result = model ? await measureModel(run, model, log) : await measureRun(run, checkpoint);
  await writeFileAtomically(file, new TextEncoder().encode(`${JSON.stringify(result, null, 2)}\n`));
  if (!model) await rm(checkpoint, { force: true });
} catch (error) {
  if (!(error instanceof HffError)) throw error;
  console.error(`${error.message} [${error.code}]`);
  process.exitCode = 1;
}
