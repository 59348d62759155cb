/**
 * JPEG to pixels with MozJPEG in WebAssembly (@jsquash/jpeg). The module is handed in compiled, since
 * Workers compile none. Colour images come out as RGB, grey ones as one channel, both upright.
 */
import startDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { HffError } from '../error.ts';
import type { JpegHeader } from './image-header.ts';
import type { PixelImage } from './pixel-image.ts';

/** What is used of the decoder. */
interface Decoder {
  /** RGBA pixels; `upright` turns the image as its camera noted. */
  decode(bytes: Uint8Array, upright: boolean): PixelImage | null;
}

/** A progressive image is drawn anew by every scan; real ones have about ten. */
const MAX_SCANS = 100;
/** A decoder keeps the memory that its largest image took: above this it is not kept. */
const MAX_KEPT_PIXELS = 2 ** 21;

let compiled: WebAssembly.Module | undefined;
let decoder: Decoder | undefined;
let complaint = '';

/** Hands in MozJPEG's decoder, `@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm`, before the first JPEG. */
export function startJpeg(module: WebAssembly.Module): void {
  compiled = module;
}

/** @throws HffError `input/image` if the bytes cannot be decoded, `backend/unavailable` before `startJpeg` */
export async function decodeJpeg(bytes: Uint8Array, header: JpegHeader): Promise<PixelImage> {
  checkScans(bytes);
  decoder ??= await start();
  complaint = '';
  try {
    const image = decoder.decode(bytes, true);
    if (!image) throw new Error('no image came out');
    return withoutAlpha(image, header);
  } catch (cause) {
    decoder = undefined; // It may be half-way through an image and has not freed its memory.
    throw new HffError('input/image', `the JPEG cannot be decoded: ${complaint || cause}`, {
      cause,
    });
  } finally {
    if (header.width * header.height > MAX_KEPT_PIXELS) decoder = undefined;
  }
}

async function start(): Promise<Decoder> {
  const module = compiled;
  if (!module) {
    throw new HffError(
      'backend/unavailable',
      'no JPEG decoder: call startJpeg with its WebAssembly module first',
    );
  }
  return (await startDecoder({
    instantiateWasm: (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance) => void,
    ) => {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
    printErr: (line: string) => {
      complaint = line;
    },
  })) as Decoder;
}

function checkScans(bytes: Uint8Array): void {
  let scans = 0;
  let lastScan = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] !== 0xda) continue;
    scans++;
    lastScan = at;
  }
  if (scans > MAX_SCANS) {
    throw new HffError(
      'input/image',
      `the JPEG has ${scans} scans, more than ${MAX_SCANS}; save it anew`,
    );
  }
  for (let at = bytes.lastIndexOf(0xd9); at > lastScan; at = bytes.lastIndexOf(0xd9, at - 1)) {
    if (bytes[at - 1] === 0xff) return;
  }
  throw new HffError('input/image', 'the JPEG has no end; it is cut off');
}

function withoutAlpha({ width, height, data }: PixelImage, header: JpegHeader): PixelImage {
  const size = width * height;
  if (size !== header.width * header.height || data.length !== 4 * size) {
    throw new Error(
      `${header.width}×${header.height} pixels were announced, ${width}×${height} came`,
    );
  }
  const channels = header.components === 1 ? 1 : 3;
  const pixels = new Uint8Array(size * channels);
  for (let pixel = 0; pixel < size; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      pixels[pixel * channels + channel] = data[pixel * 4 + channel] as number;
    }
  }
  return { width, height, data: pixels };
}
