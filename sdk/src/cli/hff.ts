/** The `hff` command: one file per sub-command, errors reported in one place. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { HffError } from '../node.ts';
import { classifyCommand } from './classify.ts';
import { continualCommand } from './continual.ts';
import { evalCommand } from './eval.ts';
import { exportCommand } from './export.ts';
import { infoCommand } from './info.ts';
import { statisticsCommand } from './statistics.ts';
import { trainCommand } from './train.ts';

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const program = new Command('hff')
  .version(JSON.parse(manifest).version)
  .description('Train, inspect and use Hyperspherical Forward-Forward classifiers.')
  .addHelpText(
    'after',
    `
Examples:
  $ hff train --data mnist --out digits.safetensors
  $ hff eval digits.safetensors --data mnist
  $ hff classify digits.safetensors seven.png
  $ hff COMMAND --help`,
  )
  .showHelpAfterError('(add --help for the options)');

for (const command of [
  trainCommand,
  evalCommand,
  classifyCommand,
  infoCommand,
  exportCommand,
  statisticsCommand,
  continualCommand,
]) {
  program.addCommand(command());
}

try {
  await program.parseAsync();
} catch (error) {
  if (!isExpected(error)) throw error;
  const { code, message } = error;
  if (process.argv.includes('--json')) console.log(JSON.stringify({ error: { code, message } }));
  else console.error(`hff: ${message} [${code}]`);
  process.exitCode = 1;
}

/** Whether an error is the user's to mend, as the system's refusals are; all others are bugs. */
function isExpected(error: unknown): error is Error & { code: string } {
  const refusedBySystem = error instanceof Error && 'code' in error && 'syscall' in error;
  return error instanceof HffError || refusedBySystem;
}
