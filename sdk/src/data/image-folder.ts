/** Folders `{class}/*.png|jpg|jpeg`, on disk or in a tar archive, to a data set. Node only. */
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { HffError } from '../error.ts';
import { chooseImages } from './choose-images.ts';
import type { Dataset } from './dataset.ts';
import { decodeImageSet } from './image-set.ts';
import { readDataFile } from './read-data-file.ts';
import { startNodeJpeg } from './read-image.ts';
import { refuseTestPart, type Split } from './split.ts';
import type { TarFile } from './tar.ts';

/** Called now and then with the number of images that are decoded. */
export type ImageProgress = (done: number, total: number) => void;

/**
 * @param split picks `train/` or `test/` where the folder has them; without them all is for training
 * @throws HffError `data/empty` if there are no images, `data/not-found` if there are none of the
 * part, `data/malformed` if one cannot be decoded or has another size than the first
 */
export async function loadImageFolder(
  folder: string,
  split: Split,
  onProgress: ImageProgress,
): Promise<Dataset> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
    .map((path) => path.replaceAll(sep, '/'));
  return load(folder, paths, split, (path) => readDataFile(join(folder, path)), onProgress);
}

/** The same from the files of an archive. */
export async function loadImageArchive(
  archive: string,
  files: readonly TarFile[],
  split: Split,
  onProgress: ImageProgress,
): Promise<Dataset> {
  const byPath = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const read = (path: string): Uint8Array => byPath.get(path) as Uint8Array;
  return load(archive, [...byPath.keys()], split, read, onProgress);
}

async function load(
  source: string,
  paths: readonly string[],
  split: Split,
  read: (path: string) => Uint8Array | Promise<Uint8Array>,
  onProgress: ImageProgress,
): Promise<Dataset> {
  const { images, parts } = chooseImages(paths, split);
  if (images.length === 0) {
    const [code, expected] = parts.length
      ? (['data/not-found', `${split}/{class}/*.png or *.jpg; it has ${parts.join(', ')}`] as const)
      : (['data/empty', '{class}/*.png or *.jpg'] as const);
    throw new HffError(code, `${source}: has no images ${expected}`);
  }
  if (parts.length === 0) refuseTestPart(split, source);
  await startNodeJpeg();
  const files = images.map(({ path, className }) => ({
    path: `${source}/${path}`,
    className,
    read: () => read(path),
  }));
  return decodeImageSet(files, onProgress);
}
