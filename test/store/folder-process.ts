/** Starts `keep-in-folder.ts` in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('keep-in-folder.ts', import.meta.url));

/** @param shell runs the command that is its arguments, under conditions of its own */
export function startJob(args: readonly string[], shell: readonly string[] = []): ChildProcess {
  const [command, ...rest] = [...shell, process.execPath, script, ...args] as [string, ...string[]];
  return spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * @returns what it told, line by line
 * @throws Error with what it complained of
 */
export async function finishJob(job: ChildProcess): Promise<unknown[]> {
  const [told, complaints] = await Promise.all([
    text(job.stdout as NodeJS.ReadableStream),
    text(job.stderr as NodeJS.ReadableStream),
    job.exitCode === null && job.signalCode === null ? once(job, 'close') : undefined,
  ]);
  if (job.exitCode) throw new Error(complaints);
  return told
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
