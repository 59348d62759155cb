/**
 * The one door to data sets: a name or a path in, labelled samples out. What a path holds is told by
 * its file name or its folder; each format has a file of its own. Node only.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';
import { hasIdxFiles, loadIdxFolder } from './idx-folder.ts';
import { type NamedSet, namedSets } from './named-sets.ts';
import type { Split } from './split.ts';

export interface LoadOptions {
  readonly split: Split;
  /** Where named sets are looked for. Default: the environment's HFF_DATA_DIR, or else `data`. */
  readonly dataDir?: string;
}

/** Where operating systems' packages put public data sets. */
const SYSTEM_DATA_DIR = '/usr/share/datasets';

/**
 * @param source a named set (`mnist`, `fashion-mnist`, `cifar10`) or a path
 * @throws HffError `data/not-found`, `data/malformed`, `data/empty`, `data/labels`
 */
export async function loadDataset(source: string, options: LoadOptions): Promise<Dataset> {
  const named = namedSets.get(source);
  if (named) return loadNamed(named, options);
  if (existsSync(source)) return loadPath(source, options);
  throw new HffError(
    'data/not-found',
    `no data set "${source}": it is neither a path nor one of ${[...namedSets.keys()].join(', ')}`,
  );
}

async function loadNamed(set: NamedSet, options: LoadOptions): Promise<Dataset> {
  const folders = [options.dataDir ?? process.env.HFF_DATA_DIR ?? 'data', SYSTEM_DATA_DIR];
  const places = folders.flatMap((folder) => set.places.map((place) => join(folder, place)));
  const place = places.find((path) => hasIdxFiles(path, options.split));
  if (!place) {
    throw new HffError(
      'data/not-found',
      `${set.title}: not found; looked for ${places.join(', ')}`,
    );
  }
  const dataset = await loadPath(place, options);
  return { ...dataset, classes: set.classes };
}

async function loadPath(path: string, options: LoadOptions): Promise<Dataset> {
  if (statSync(path).isDirectory()) return loadIdxFolder(path, options.split);
  throw new HffError('data/malformed', `${path}: not a known format`);
}
