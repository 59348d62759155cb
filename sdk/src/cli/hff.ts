/** The `hff` command: one file per sub-command, errors reported in one place. */
import { Command } from 'commander';
import { HffError } from '../node.ts';
import { classifyCommand } from './classify.ts';
import { evalCommand } from './eval.ts';
import { exportCommand } from './export.ts';
import { infoCommand } from './info.ts';
import { trainCommand } from './train.ts';

const program = new Command('hff')
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

for (const command of [trainCommand, evalCommand, classifyCommand, infoCommand, exportCommand]) {
  program.addCommand(command());
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof HffError)) throw error;
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ error: { code: error.code, message: error.message } }));
  } else {
    console.error(`hff: ${error.message} [${error.code}]`);
  }
  process.exitCode = 1;
}
