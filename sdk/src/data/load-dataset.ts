/**
 * The one door to data sets: a name or a path in, labelled samples out. What a path holds is told by
 * its ending or, for folders and archives, by the files within; each format has a file of its own.
 * Node only.
 */
import { existsSync } from 'node:fs';
import { HffError } from '../error.ts';
import type { CsvOptions } from './csv.ts';
import type { Dataset } from './dataset.ts';
import { loadPath, type ReportProgress } from './load-path.ts';
import { namedSets } from './named-sets.ts';
import { provideNamedSet } from './provide-named-set.ts';
import type { Split } from './split.ts';

/** `labelColumn` and `shape` concern tables. */
export interface LoadOptions extends CsvOptions {
  /** The part; a source without parts is one set to train with. */
  readonly split: Split;
  /**
   * Where named sets are looked for and, where they are missing, downloaded to. Default: the
   * environment's HFF_DATA_DIR, or else `data`.
   */
  readonly dataDir?: string;
  /**
   * Address below which named sets are downloaded, as `<mirror>/<set>/<file>`, instead of their
   * public homes. Default: the environment's HFF_DATA_MIRROR.
   */
  readonly mirror?: string;
  /** Called while files are downloaded and images decoded. */
  readonly onProgress?: ReportProgress;
}

/**
 * @param source a named set (`mnist`, `fashion-mnist`, `cifar10`) or a path: a folder with IDX files,
 * with the batches of CIFAR-10's binary version or with images `[train|test/]{class}/*.png|jpg`, a
 * `.tar`, `.tar.gz` or `.tgz` of such a folder, a `.npz` or a `.csv`
 * @returns raw values; bytes stay bytes
 * @throws HffError `data/not-found`, `data/malformed`, `data/empty`, `data/labels`, `data/download`,
 * `option/invalid`
 * @example
 * const { inputs, labels, classes } = await loadDataset('mnist', { split: 'train' });
 */
export async function loadDataset(source: string, options: LoadOptions): Promise<Dataset> {
  const set = namedSets.get(source);
  if (!set) {
    if (existsSync(source)) return loadPath(source, options);
    throw new HffError(
      'data/not-found',
      `no data set "${source}": it is neither a path nor one of ${[...namedSets.keys()].join(', ')}`,
    );
  }
  const dataset = await loadPath(await provideNamedSet(source, set, options), options);
  // IDX and CIFAR's batches number their classes; image folders name them.
  const fits = dataset.classes.every((name, i) => name === String(i) || name === set.classes[i]);
  if (fits && dataset.classes.length <= set.classes.length) {
    return { ...dataset, classes: set.classes };
  }
  throw new HffError(
    'data/labels',
    `${source}: expected the classes ${set.classes.join(', ')} or their numbers from 0, ` +
      `got ${dataset.classes.slice(0, 20).join(', ')}`,
  );
}
