/**
 * NumPy's `.npz`: a zip of arrays, one with the inputs and one with the labels. Known names are
 * `x_train`, `train_images`, `x`, `images`, … with `y_train`, `train_labels`, `y`, `labels`, ….
 */
import { type Unzipped, unzipSync } from 'fflate';
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';
import { type NumpyArray, parseNpy } from './npy.ts';
import { type SampleShape, sampleShape } from './sample-shape.ts';
import { MAX_CLASSES } from './sort-classes.ts';
import { refuseTestPart, type Split } from './split.ts';

const inputNames = ['x', 'images', 'inputs', 'data', 'features'] as const;
const labelNames = ['y', 'labels', 'targets'] as const;

/** Deflate packs no tighter than 1032 to 1: a larger claim is a lie, told before memory is taken. */
const MAX_RATIO = 1032;
const MAX_UNPACKED_BYTES = 2 ** 32;

/**
 * Inputs are [N, D], [N, height, width] or [N, height, width, channels]; labels whole numbers from 0,
 * [N] or [N, 1]. Class names are the labels' numbers, from 0 to the largest.
 * @param name says in errors which file it is
 * @param given what a row of [N, D] is; without it, 784 are a 28 × 28 image and others are features
 * @throws HffError `data/malformed`, `data/not-found` (no such arrays, no such part), `data/empty`, `data/labels`,
 * `option/invalid`
 */
export function parseNpz(
  bytes: Uint8Array,
  split: Split,
  name: string,
  given?: SampleShape,
): Dataset {
  const arrays = unzip(bytes, name);
  const keys = new Map(
    Object.keys(arrays).map((key) => [key.toLowerCase().replace(/\.npy$/, ''), key]),
  );
  const divided = [...keys.keys()].some((key) => /(^|_)(train|test)(_|$)/.test(key));
  if (!divided) refuseTestPart(split, name);
  const find = (
    names: readonly string[],
  ): { readonly name: string; readonly array: NumpyArray } => {
    const wanted = names.flatMap((n) => (divided ? [`${n}_${split}`, `${split}_${n}`] : [n]));
    const key = wanted.map((candidate) => keys.get(candidate)).find((found) => found !== undefined);
    if (key !== undefined) {
      const where = `${name}: ${key}`;
      return { name: where, array: parseNpy(arrays[key] as Uint8Array, where) };
    }
    const known = [...keys.keys()].join(', ') || 'no arrays';
    throw new HffError(
      'data/not-found',
      `${name}: has none of ${wanted.join(', ')}; it has ${known}`,
    );
  };
  const inputs = find(inputNames);
  const labels = find(labelNames);
  const [count = 0, ...rest] = inputs.array.shape;
  if (inputs.array.values.length === 0)
    throw new HffError('data/empty', `${inputs.name}: holds no samples`);
  const shape = imageShape(rest, given, inputs.name);
  const wrong = inputs.array.values.findIndex((value: number) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new HffError('data/malformed', `${inputs.name}: value ${wrong} is not a finite number`);
  }
  const known = toLabels(labels.array, count, labels.name);
  return { inputs: inputs.array.values, ...known, ...shape };
}

function unzip(bytes: Uint8Array, name: string): Unzipped {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name: entry, size, originalSize }) => {
        total += originalSize;
        if (originalSize > size * MAX_RATIO || total > MAX_UNPACKED_BYTES) {
          throw new HffError('data/malformed', `${name}: ${entry} claims ${originalSize} bytes`);
        }
        return entry.endsWith('.npy');
      },
    });
  } catch (cause) {
    if (cause instanceof HffError) throw cause;
    throw new HffError('data/malformed', `${name}: not a sound zip file (${cause})`, { cause });
  }
}

function imageShape(
  rest: readonly number[],
  given: SampleShape | undefined,
  name: string,
): SampleShape {
  const [first = 0, width = 0, channels = 1] = rest;
  if (rest.length === 1) return sampleShape(first, given, name);
  if ((rest.length === 2 || rest.length === 3) && (channels === 1 || channels === 3)) {
    return sampleShape(first * width * channels, { width, height: first, channels }, name);
  }
  throw new HffError(
    'data/malformed',
    `${name}: expected the shape (N, D), (N, height, width) or (N, height, width, 1 or 3), ` +
      `got (N, ${rest.join(', ')}); transpose it`,
  );
}

function toLabels(
  { shape, values }: NumpyArray,
  count: number,
  name: string,
): { labels: Uint16Array; classes: string[] } {
  if (values.length !== count || shape[0] !== count) {
    throw new HffError(
      'data/labels',
      `${name}: expected ${count} labels, one per sample, got the shape (${shape.join(', ')})`,
    );
  }
  const labels = Uint16Array.from(values);
  const wrong = labels.findIndex((label, i) => label !== values[i]);
  if (wrong >= 0) {
    throw new HffError(
      'data/labels',
      `${name}: expected whole numbers from 0 to ${MAX_CLASSES - 1}, got ${values[wrong]} at ${wrong}`,
    );
  }
  const largest = labels.reduce((most, label) => Math.max(most, label), 0);
  return { labels, classes: Array.from({ length: largest + 1 }, (_, label) => String(label)) };
}
