/** Runs the `hff` command as a process. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../sdk/bin/hff.js', import.meta.url));

/** Options that train on the drawn digits in a second or two. */
export const quick = '--data drawn --layers 32,32 --batch-size 32 --fit glyph'.split(' ');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Gets all output so far; `interrupt` is Ctrl-C, once. */
export type OnOutput = (text: string, interrupt: () => void) => void;

export function runHff(cwd: string, args: string[], onOutput?: OnOutput): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let interrupted = false;
    const child = spawn(process.execPath, [command, ...args], { cwd });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      ended.stdout += chunk;
      onOutput?.(ended.stdout, () => {
        // A second Ctrl-C would end the command at once.
        if (!interrupted) child.kill('SIGINT');
        interrupted = true;
      });
    });
    child.stderr.on('data', (chunk) => {
      ended.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ended, code }));
  });
}
