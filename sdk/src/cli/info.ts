/** `hff info`: what a model is. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Command } from 'commander';
import { loadModel } from '../node.ts';
import { kilobytes, percent } from './format.ts';

export function infoCommand(): Command {
  return new Command('info')
    .description('tell what a model accepts, its layers and how it was trained')
    .argument('<model>', 'model file (.safetensors) or its http(s) address')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ hff info digits.safetensors')
    .action(info);
}

async function info(source: string, options: { json?: true }): Promise<void> {
  const model = await loadModel(source);
  // An address has no file whose size could be told.
  const sizeBytes = existsSync(source) ? (await stat(source)).size : undefined;
  const { spec, parameterCount } = model;
  if (options.json) {
    console.log(JSON.stringify({ ...spec, parameterCount, sizeBytes }));
    return;
  }
  const { input, network, training } = spec;
  const size = sizeBytes === undefined ? '' : `${kilobytes(sizeBytes)}, `;
  const range = input.range ? `${input.range[0]} to ${input.range[1]}` : 'any';
  const layers = network.layers.map(({ units }, i) => {
    return `${units}${network.voters.includes(i) ? ' (votes)' : ''}`;
  });
  console.log(`${spec.name}, version ${spec.version}, ${size}${parameterCount} parameters
accepts   ${input.width}×${input.height}×${input.channels}, values ${range}, images ${input.fit?.mode ?? 'not accepted'}
layers    ${network.layers[0]?.inputs} → ${layers.join(' → ')}
classes   ${spec.labels.length}: ${spec.labels.join(', ')}`);
  if (training) {
    const { data, samples, epochs, bestEpoch, seed, testAccuracy } = training;
    const tested = testAccuracy === undefined ? '' : `, test accuracy ${percent(testAccuracy)}`;
    console.log(
      `training  ${data}, ${samples} samples, best epoch ${bestEpoch} of ${epochs}, seed ${seed}${tested}`,
    );
  }
}
