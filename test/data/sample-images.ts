/** Small pictures that the tests draw themselves, encoded as real PNGs and JPEGs. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import encodeJpegFile, { init as startEncoder } from '@jsquash/jpeg/encode.js';

const { resolve } = createRequire(import.meta.url);
let started: Promise<void> | undefined;

/** A smooth picture: JPEG keeps it almost as it is. `channels` 1, 2, 3 or 4. */
export function gradient(width: number, height: number, channels: number): Uint8Array {
  return Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return [40 + 2 * x, 60 + 2 * y, 100 + x + y, 255][i % channels] as number;
  });
}

/** A JPEG of `gradient(width, height, 3)`; `grey` keeps its lightness only. */
export async function gradientJpeg(
  width: number,
  height: number,
  { grey = false, progressive = false } = {},
): Promise<Uint8Array> {
  started ??= start();
  await started;
  const data = new Uint8ClampedArray(gradient(width, height, 4));
  const colours = grey ? { color_space: 1 } : {};
  const image = {
    width,
    height,
    data,
    colorSpace: 'srgb',
    pixelFormat: 'rgba-unorm8',
  } as ImageData;
  return new Uint8Array(
    await encodeJpegFile(image, {
      quality: 95,
      progressive,
      chroma_subsample: 1,
      auto_subsample: false,
      ...colours,
    }),
  );
}

async function start(): Promise<void> {
  const path = resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm');
  const compiled = await WebAssembly.compile(await readFile(path));
  await startEncoder({
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ) => {
      const instance = new WebAssembly.Instance(compiled, imports);
      done(instance);
      return instance.exports;
    },
  });
}
