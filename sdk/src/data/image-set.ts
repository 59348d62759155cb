/** Labelled image files, one by one, to a data set of one size. */
import { HffError } from '../error.ts';
import type { Dataset } from './dataset.ts';
import { decodeImage } from './decode-image.ts';
import { channelsOf, type PixelImage, valueOverWhite } from './pixel-image.ts';

export interface LabelledImage {
  /** Names the file in errors. */
  readonly path: string;
  readonly className: string;
  readonly read: () => Uint8Array | Promise<Uint8Array>;
}

const MAX_BYTES = 2 ** 32;
const PROGRESS_STEP = 256;

/**
 * Decodes straight into one array. Grey images stay grey as long as all are; transparency is laid
 * over white. Class names are in the order of their first images.
 * @param images at least one
 * @throws HffError `data/malformed` if an image cannot be decoded or has another size than the first
 */
export async function decodeImageSet(
  images: readonly LabelledImage[],
  onProgress: (done: number, total: number) => void,
): Promise<Dataset> {
  const classes = [...new Set(images.map(({ className }) => className))];
  const classIndex = new Map(classes.map((name, index) => [name, index]));
  const labels = Uint16Array.from(images, ({ className }) => classIndex.get(className) as number);
  let [width, height, channels] = [0, 0, 1];
  let inputs = new Uint8Array(0);
  for (const [i, file] of images.entries()) {
    const image = await decode(file);
    const colour = channelsOf(image) >= 3;
    if (i === 0) {
      ({ width, height } = image);
      channels = colour ? 3 : 1;
      inputs = new Uint8Array(sizeOf(images.length, width, height, channels, file.path));
    }
    if (image.width !== width || image.height !== height) {
      throw new HffError(
        'data/malformed',
        `${file.path}: expected ${width}×${height} pixels as in ${images[0]?.path}, ` +
          `got ${image.width}×${image.height}; bring all images to one size`,
      );
    }
    if (colour && channels === 1) {
      channels = 3;
      const wider = new Uint8Array(sizeOf(images.length, width, height, channels, file.path));
      for (let at = 0; at < wider.length; at++) wider[at] = inputs[Math.floor(at / 3)] as number;
      inputs = wider;
    }
    store(image, channels, inputs.subarray(i * width * height * channels));
    const done = i + 1;
    if (done % PROGRESS_STEP === 0 || done === images.length) onProgress(done, images.length);
  }
  return { inputs, labels, classes, width, height, channels };
}

async function decode({ path, read }: LabelledImage): Promise<PixelImage> {
  const bytes = await read();
  try {
    return await decodeImage(bytes);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new HffError('data/malformed', `${path}: ${message}`, { cause });
  }
}

function sizeOf(
  count: number,
  width: number,
  height: number,
  channels: number,
  path: string,
): number {
  const size = count * width * height * channels;
  if (size <= MAX_BYTES) return size;
  throw new HffError(
    'data/malformed',
    `${path}: ${count} images of ${width}×${height} pixels take more than 4 GiB; make them smaller`,
  );
}

/** Writes one image with `channels` values per pixel. */
function store(image: PixelImage, channels: number, target: Uint8Array): void {
  const stored = channelsOf(image);
  for (let pixel = 0; pixel < image.width * image.height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      const value = valueOverWhite(image, stored, pixel, channel);
      target[pixel * channels + channel] = Math.round(value);
    }
  }
}
