/** Finds a named set on this machine, or downloads it from its public home. Node only. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { download } from './download.ts';
import { hasIdxFiles } from './idx-folder.ts';
import type { ReportProgress } from './load-path.ts';
import type { NamedSet } from './named-sets.ts';
import type { Split } from './split.ts';

/** Where operating systems' packages put public data sets. */
const SYSTEM_DATA_DIR = '/usr/share/datasets';

export interface ProvideOptions {
  readonly split: Split;
  readonly dataDir?: string;
  readonly mirror?: string;
  readonly onProgress?: ReportProgress;
}

/**
 * @returns the path of a folder or archive that holds the part
 * @throws HffError `data/download` if it is not here and cannot be fetched
 */
export async function provideNamedSet(
  name: string,
  set: NamedSet,
  { split, dataDir = process.env.HFF_DATA_DIR ?? 'data', mirror, onProgress }: ProvideOptions,
): Promise<string> {
  const places = [dataDir, SYSTEM_DATA_DIR].flatMap((folder) =>
    set.places.map((place) => join(folder, place)),
  );
  const found = places.find((place) => holds(place, split));
  if (found) return found;
  const base = mirror ?? process.env.HFF_DATA_MIRROR;
  const home = base ? `${base.replace(/\/$/, '')}/${name}/` : set.home;
  for (const file of set.files[split]) {
    const path = join(dataDir, set.folder, file.name);
    if (existsSync(path)) continue;
    await download(`${home}${file.name}`, path, file.md5, (done, total) =>
      onProgress?.({ task: 'download', name: file.name, done, total }),
    );
  }
  return places.find((place) => holds(place, split)) as string;
}

/** A file is taken for whole; a folder must have files of the part. */
function holds(place: string, split: Split): boolean {
  if (!existsSync(place)) return false;
  if (!statSync(place).isDirectory()) return true;
  const batch = split === 'train' ? 'data_batch_1.bin' : 'test_batch.bin';
  return (
    hasIdxFiles(place, split) || [batch, split].some((entry) => existsSync(join(place, entry)))
  );
}
