/** Tells what a path holds and hands it to the reader of that format. Node only. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HffError } from '../error.ts';
import { isCifarBatch, parseCifar } from './cifar-binary.ts';
import { type CsvOptions, loadCsv } from './csv.ts';
import type { Dataset } from './dataset.ts';
import { hasIdxFiles, loadIdxFolder } from './idx-folder.ts';
import { loadImageArchive, loadImageFolder } from './image-folder.ts';
import { parseNpz } from './npz.ts';
import { readDataFile } from './read-data-file.ts';
import { refuseTestPart, type Split } from './split.ts';
import { readTar } from './tar.ts';

export interface LoadProgress {
  readonly task: 'download' | 'decode';
  /** The file or folder that is worked on. */
  readonly name: string;
  /** Bytes that have come, or images that are decoded. */
  readonly done: number;
  /** Where it ends; null where a server does not say it. */
  readonly total: number | null;
}

export type ReportProgress = (progress: LoadProgress) => void;

export interface PathOptions extends CsvOptions {
  readonly split: Split;
  readonly onProgress?: ReportProgress;
}

/** @throws HffError as `loadDataset` */
export async function loadPath(path: string, options: PathOptions): Promise<Dataset> {
  if ((await stat(path)).isDirectory()) return loadFolder(path, options);
  if (/\.csv$/i.test(path)) {
    refuseTestPart(options.split, path);
    return loadCsv(path, options);
  }
  if (/\.npz$/i.test(path)) {
    return parseNpz(await readDataFile(path), options.split, path, options.shape);
  }
  if (/\.(tar|tar\.gz|tgz)$/i.test(path)) return loadArchive(path, options);
  throw new HffError(
    'data/malformed',
    `${path}: expected a folder, .tar, .tar.gz, .tgz, .npz or .csv; IDX files are given by their folder`,
  );
}

async function loadFolder(path: string, options: PathOptions): Promise<Dataset> {
  const { split } = options;
  if (hasIdxFiles(path, 'train') || hasIdxFiles(path, 'test')) {
    return loadIdxFolder(path, split);
  }
  const files = (await readdir(path)).map((file) => join(path, file)).sort();
  if (files.some(isAnyCifarBatch)) {
    const batches = files.filter((file) => isCifarBatch(file, split));
    return loadCifar(path, batches, (file) => readDataFile(file), split);
  }
  return loadImageFolder(path, split, decodeProgress(path, options));
}

async function loadArchive(path: string, options: PathOptions): Promise<Dataset> {
  const { split } = options;
  const files = [...readTar(await readDataFile(path), path)];
  if (!files.some((file) => isAnyCifarBatch(file.path))) {
    return loadImageArchive(path, files, split, decodeProgress(path, options));
  }
  const byPath = new Map(files.map((file) => [file.path, file.bytes]));
  const batches = [...byPath.keys()].filter((file) => isCifarBatch(file, split)).sort();
  return loadCifar(path, batches, (file) => byPath.get(file) as Uint8Array, split);
}

async function loadCifar(
  source: string,
  paths: readonly string[],
  read: (path: string) => Uint8Array | Promise<Uint8Array>,
  split: Split,
): Promise<Dataset> {
  if (paths.length === 0) {
    throw new HffError('data/not-found', `${source}: has no batches of CIFAR-10's ${split} part`);
  }
  const batches = await Promise.all(paths.map(async (path) => ({ path, bytes: await read(path) })));
  return parseCifar(batches);
}

function isAnyCifarBatch(path: string): boolean {
  return isCifarBatch(path, 'train') || isCifarBatch(path, 'test');
}

function decodeProgress(path: string, { onProgress }: PathOptions) {
  return (done: number, total: number): void =>
    onProgress?.({ task: 'decode', name: basename(path), done, total });
}
