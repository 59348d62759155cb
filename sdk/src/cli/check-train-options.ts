/** What can be wrong with the options of `hff train` and is told before any data are loaded. */
import { basename } from 'node:path';
import { HffError, modelNamePattern } from '../node.ts';
import { layersOf } from './layer-defaults.ts';
import type { TrainCommandOptions } from './train-options.ts';

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

/** @throws HffError `option/invalid` when a voter or feature layer is no layer or named twice */
export function checkLayerLists(options: TrainCommandOptions): void {
  const { voters = [], features = [] } = options;
  const layers = layersOf(options);
  for (const [name, chosen] of Object.entries({ voters, features })) {
    const different = new Set(chosen).size === chosen.length;
    if (different && chosen.every((layer) => layer < layers.length)) continue;
    throw new HffError(
      'option/invalid',
      `--${name}: expected different layers from 0 to ${layers.length - 1}, got ${chosen}. Name others or leave --${name} out.`,
    );
  }
}

function nameOfFile(out: string): string {
  return basename(out)
    .replace(/\.safetensors$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '');
}
