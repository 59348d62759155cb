/** `hff info`: what a model is. */
import { stat } from 'node:fs/promises';
import { Command } from 'commander';
import { loadModel } from '../node.ts';
import { kilobytes, percent } from './format.ts';

export function infoCommand(): Command {
  return new Command('info')
    .description('tell what a model accepts, its layers and how it was trained')
    .argument('<model>', 'model file (.safetensors)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ hff info digits.safetensors')
    .action(info);
}

async function info(path: string, options: { json?: true }): Promise<void> {
  const model = await loadModel(path);
  const { size: sizeBytes } = await stat(path);
  const { spec, parameterCount } = model;
  if (options.json) {
    console.log(JSON.stringify({ ...spec, parameterCount, sizeBytes }));
    return;
  }
  const { input, network, training } = spec;
  const range = input.range ? `${input.range[0]} to ${input.range[1]}` : 'any';
  const layers = network.layers.map(({ units }, i) => {
    return `${units}${network.voters.includes(i) ? ' (votes)' : ''}`;
  });
  console.log(`${spec.name}, version ${spec.version}, ${kilobytes(sizeBytes)}, ${parameterCount} parameters
accepts   ${input.width}×${input.height}×${input.channels}, values ${range}, images ${input.fit?.mode ?? 'not accepted'}
layers    ${network.layers[0]?.inputs} → ${layers.join(' → ')}
classes   ${spec.labels.length}: ${spec.labels.join(', ')}`);
  if (training) {
    const accuracy = training.testAccuracy
      ? `, test accuracy ${percent(training.testAccuracy)}`
      : '';
    console.log(
      `training  ${training.data}, ${training.samples} samples, ${training.epochs} epochs, seed ${training.seed}${accuracy}`,
    );
  }
}
