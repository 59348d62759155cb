/**
 * A folder with the four IDX files of a set, named as MNIST names them: `train-` and `t10k-` (or
 * `test-`), then `images-idx3-ubyte` and `labels-idx1-ubyte`, plain or gzip. Node only.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';
import { parseIdx } from './idx.ts';
import { readDataFile } from './read-data-file.ts';
import type { Split } from './split.ts';

const prefixes = { train: ['train'], test: ['t10k', 'test'] } as const;
const parts = { images: 'images-idx3-ubyte', labels: 'labels-idx1-ubyte' } as const;

/** Whether the folder has images and labels of this part of an IDX set. */
export function hasIdxFiles(folder: string, split: Split): boolean {
  return (
    findPart(folder, split, 'images') !== undefined &&
    findPart(folder, split, 'labels') !== undefined
  );
}

/**
 * Reads grey images and their labels; class names are the labels' numbers, from 0 to the largest.
 * @throws HffError `data/not-found`, `data/malformed`, `data/empty`, `data/labels`
 */
export async function loadIdxFolder(folder: string, split: Split): Promise<Dataset> {
  const imagesPath = requirePart(folder, split, 'images');
  const labelsPath = requirePart(folder, split, 'labels');
  const images = parseIdx(await readDataFile(imagesPath), imagesPath);
  const labels = parseIdx(await readDataFile(labelsPath), labelsPath);
  const [count = 0, height = 0, width = 0] = images.shape;
  if (images.shape.length !== 3) {
    throw new HffError(
      'data/malformed',
      `${imagesPath}: expected the shape [N, height, width], got [${images.shape.join(', ')}]`,
    );
  }
  if (labels.shape.length !== 1 || labels.values.length !== count) {
    throw new HffError(
      'data/labels',
      `${labelsPath}: expected ${count} labels, one per image of ${imagesPath}, ` +
        `got the shape [${labels.shape.join(', ')}]`,
    );
  }
  if (images.values.length === 0)
    throw new HffError('data/empty', `${imagesPath}: holds no images`);
  const largest = labels.values.reduce((most, label) => Math.max(most, label), 0);
  const classes = Array.from({ length: largest + 1 }, (_, label) => String(label));
  return {
    inputs: images.values,
    labels: Uint16Array.from(labels.values),
    classes,
    width,
    height,
    channels: 1,
  };
}

function requirePart(folder: string, split: Split, part: keyof typeof parts): string {
  const path = findPart(folder, split, part);
  if (path) return path;
  const names = prefixes[split].map((prefix) => `${prefix}-${parts[part]}[.gz]`);
  throw new HffError('data/not-found', `${folder}: has no ${names.join(' or ')}`);
}

function findPart(folder: string, split: Split, part: keyof typeof parts): string | undefined {
  return prefixes[split]
    .map((prefix) => join(folder, `${prefix}-${parts[part]}`))
    .flatMap((path) => [path, `${path}.gz`])
    .find((path) => existsSync(path));
}
