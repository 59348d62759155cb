/**
 * The binary version of CIFAR-10: records of one label byte and 32 × 32 pixels, as a red, a green and
 * a blue plane. Reference: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
 */
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';
import type { Split } from './split.ts';

/** A file of the set, for instance `data_batch_1.bin`. */
export interface CifarBatch {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const SIDE = 32;
const PLANE = SIDE * SIDE;
const RECORD = 1 + 3 * PLANE;
const CLASSES = 10;

/** Whether a file of this name belongs to the part. */
export function isCifarBatch(path: string, split: Split): boolean {
  return (split === 'train' ? /(^|[/\\])data_batch_[1-5]\.bin$/ : /(^|[/\\])test_batch\.bin$/).test(
    path,
  );
}

/**
 * Colour images of all batches, one after the other; class names are the labels' numbers.
 * @throws HffError `data/malformed`, `data/empty`, `data/labels`
 */
export function parseCifar(batches: readonly CifarBatch[]): Dataset {
  for (const { path, bytes } of batches) {
    if (bytes.length === 0) throw new HffError('data/empty', `${path}: holds no images`);
    if (bytes.length % RECORD !== 0) {
      throw new HffError(
        'data/malformed',
        `${path}: expected records of ${RECORD} bytes, got ${bytes.length} bytes; fetch it again`,
      );
    }
  }
  const count = batches.reduce((sum, { bytes }) => sum + bytes.length / RECORD, 0);
  const inputs = new Uint8Array(count * 3 * PLANE);
  const labels = new Uint16Array(count);
  let sample = 0;
  for (const { path, bytes } of batches) {
    for (let at = 0; at < bytes.length; at += RECORD, sample++) {
      const label = bytes[at] as number;
      if (label >= CLASSES) {
        throw new HffError(
          'data/labels',
          `${path}: expected labels 0 to ${CLASSES - 1}, got ${label} at byte ${at}`,
        );
      }
      labels[sample] = label;
      interleave(bytes.subarray(at + 1, at + RECORD), inputs.subarray(sample * 3 * PLANE));
    }
  }
  const classes = Array.from({ length: CLASSES }, (_, label) => String(label));
  return { inputs, labels, classes, width: SIDE, height: SIDE, channels: 3 };
}

function interleave(planes: Uint8Array, pixels: Uint8Array): void {
  for (let pixel = 0; pixel < PLANE; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[pixel * 3 + channel] = planes[channel * PLANE + pixel] as number;
    }
  }
}
