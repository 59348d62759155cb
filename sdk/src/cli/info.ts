/** `hff info`: what a model is. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { loadModel, type ModelSpec } from '../node.ts';
import { describeInputs, describeLayer } from './describe-layers.ts';
import { kilobytes, percent } from './format.ts';
import { type StoredBytes, storedBytes } from './stored-bytes.ts';

export function infoCommand(): Command {
  return new Command('info')
    .description('tell what a model accepts, its layers, how it is stored and how it was trained')
    .argument('<model>', 'model file (.safetensors) or its http(s) address')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ hff info digits.safetensors')
    .action(info);
}

async function info(source: string, options: { json?: true }): Promise<void> {
  const { spec, parameterCount } = await loadModel(source);
  // An address has no file to look into.
  const stored = existsSync(source) ? storedBytes(await readFile(source)) : undefined;
  if (options.json) {
    console.log(JSON.stringify({ ...spec, parameterCount, ...stored }));
    return;
  }
  const { name, version } = spec;
  const size = stored ? `${kilobytes(stored.sizeBytes)}, ` : '';
  console.log(`${name}, version ${version}, ${size}${parameterCount} parameters`);
  console.log(describeUse(spec));
  if (stored) console.log(describeStorage(stored));
  if (spec.training) console.log(describeTraining(spec.training));
}

function describeUse({ input, network, labels }: ModelSpec): string {
  const range = input.range ? `${input.range[0]} to ${input.range[1]}` : 'any';
  const layers = network.layers.map((layer, i) => {
    if (layer.type === 'given') return `features of ${layer.of}`;
    return `${describeLayer(layer)}${network.voters.includes(i) ? ' (votes)' : ''}`;
  });
  return `\
accepts   ${input.width}×${input.height}×${input.channels}, values ${range}, images ${input.fit?.mode ?? 'not accepted'}
layers    ${describeInputs(network.layers)} → ${layers.join(' → ')}
classes   ${labels.length}: ${labels.join(', ')}`;
}

function describeStorage({ storage, numberBytes }: StoredBytes): string {
  const parts = Object.entries(numberBytes).map(([type, bytes]) => `${type} ${kilobytes(bytes)}`);
  return `stored    as ${storage}: ${parts.join(', ')}`;
}

function describeTraining(training: NonNullable<ModelSpec['training']>): string {
  const { data, samples, limit, epochs, bestEpoch, seed, testAccuracy } = training;
  const tested = testAccuracy === undefined ? '' : `, test accuracy ${percent(testAccuracy)}`;
  const taken = limit === undefined ? '' : ` of up to ${limit} per class`;
  return `training  ${data}, ${samples} samples${taken}, epoch ${bestEpoch} of ${epochs}, seed ${seed}${tested}`;
}
