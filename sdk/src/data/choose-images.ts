/**
 * Which files of an image folder are the samples of a part, and of which class: `{class}/{file}`, or
 * `train/{class}/{file}` and `test/{class}/{file}` where the folder is divided.
 */
import type { Split } from './split.ts';

interface LabelledPath {
  readonly path: string;
  readonly className: string;
}

export interface ChosenImages {
  /** Sorted by class and path. */
  readonly images: readonly LabelledPath[];
  /** The parts there are to choose from; where there are none, all images are given. */
  readonly parts: readonly Split[];
}

/** @param paths of all files, parted by slashes; those that are no images are passed over */
export function chooseImages(paths: readonly string[], split: Split): ChosenImages {
  const found = paths.flatMap((path) => {
    const [file = '', className = '', part = ''] = path.split('/').reverse();
    const hidden = file.startsWith('.');
    if (hidden || className === '' || className === '.' || !/\.(png|jpe?g)$/i.test(file)) return [];
    return [{ path, className, part }];
  });
  const parts = (['train', 'test'] as const).filter((name) =>
    found.some(({ part }) => part === name),
  );
  const images = found
    .filter(({ part }) => parts.length === 0 || part === split)
    .sort((a, b) => order(a.className, b.className) || order(a.path, b.path));
  return { images, parts };
}

/** By code units: the same on every machine, whatever its language. */
function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
