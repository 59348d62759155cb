/** An image file to pixels. Node only: it reads the JPEG decoder's WebAssembly from its package. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { HffError } from '../error.ts';
import { decodeImage, startJpeg } from './decode-image.ts';
import type { DecodeOptions } from './decode-options.ts';
import type { PixelImage } from './pixel-image.ts';

/**
 * @param path a PNG or JPEG file
 * @throws HffError `data/not-found`, `input/image`, `input/too-large`
 */
export async function readImage(
  path: string | URL,
  options: DecodeOptions = {},
): Promise<PixelImage> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new HffError('data/not-found', `${path}: cannot be read (${cause.message})`, { cause });
  });
  await startNodeJpeg();
  return decodeImage(bytes, options);
}

let started: Promise<void> | undefined;

/** Makes `decodeImage` read JPEGs in Node. */
export function startNodeJpeg(): Promise<void> {
  started ??= load();
  return started;
}

async function load(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm');
  startJpeg(await WebAssembly.compile(await readFile(path)));
}
