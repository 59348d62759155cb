/**
 * PNG to 8-bit pixels. fast-png does the decoding; this file gives it only the chunks that carry
 * pixels, makes sure beforehand that they inflate to exactly what the header says, and brings every
 * depth to 8 bits.
 */
import { convertIndexedToRgb, type DecodedPng, decode } from 'fast-png';
import { Unzlib } from 'fflate';
import { HffError } from '../error.ts';
import type { PngHeader } from './image-header.ts';
import type { PixelImage } from './pixel-image.ts';

/** @throws HffError `input/image` if the bytes cannot be decoded or do not fit their header */
export function decodePng(bytes: Uint8Array, header: PngHeader): PixelImage {
  if (header.interlaced && header.depth < 8) {
    throw new HffError(
      'input/image',
      `interlaced PNGs of ${header.depth} bits are not read; store it without interlacing`,
    );
  }
  const chunks = pixelChunks(bytes);
  const pixelData = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  checkInflatedSize(pixelData, inflatedSize(header));
  const png = decode(concatenate([bytes.subarray(0, 8), ...chunks.map(({ whole }) => whole)]), {
    checkCrc: true,
  });
  const { width, height } = header;
  if (header.colourType === 3) return { width, height, data: convertIndexedToRgb(png) };
  return { width, height, data: toBytes(png, unpack(png)) };
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** With length, type and checksum. */
  readonly whole: Uint8Array;
}

/** Chunks that carry pixels; profiles, texts, animation and a second header are left out. */
function pixelChunks(bytes: Uint8Array): Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    const first = !chunks.some((chunk) => chunk.type === type);
    if (type === 'IDAT' || (first && ['IHDR', 'PLTE', 'tRNS', 'IEND'].includes(type))) {
      chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
    }
    if (type === 'IEND') return chunks;
    at = end;
  }
  throw new HffError('input/image', 'the PNG has no end; it is cut off or damaged');
}

/** Bytes of all rows with their filter bytes, for one picture or the seven of Adam7. */
function inflatedSize({ width, height, depth, colourType, interlaced }: PngHeader): number {
  const bits = depth * ({ 2: 3, 4: 2, 6: 4 }[colourType] ?? 1);
  const size = (columns: number, rows: number): number =>
    columns > 0 && rows > 0 ? rows * (1 + Math.ceil((columns * bits) / 8)) : 0;
  if (!interlaced) return size(width, height);
  const passes = [
    [0, 8, 0, 8],
    [4, 8, 0, 8],
    [0, 4, 4, 8],
    [2, 4, 0, 4],
    [0, 2, 2, 4],
    [1, 2, 0, 2],
    [0, 1, 1, 2],
  ] as const;
  return passes.reduce(
    (sum, [x, stepX, y, stepY]) =>
      sum + size(Math.ceil((width - x) / stepX), Math.ceil((height - y) / stepY)),
    0,
  );
}

/** Inflates in small steps, so that a crafted stream is given up before it fills the memory. */
function checkInflatedSize(parts: readonly Uint8Array[], expected: number): void {
  const STEP = 4096;
  let size = 0;
  const inflate = new Unzlib((piece) => {
    size += piece.length;
  });
  for (const part of parts) {
    for (let at = 0; at < part.length && size <= expected; at += STEP) {
      inflate.push(part.subarray(at, at + STEP), false);
    }
  }
  if (size !== expected) {
    const came = size > expected ? `more than ${expected}` : `only ${size}`;
    throw new HffError(
      'input/image',
      `the PNG's header asks for ${expected} bytes of pixel data, but it unpacks to ${came}`,
    );
  }
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One element per sample, in the image's own depth; rows of less than 8 bits begin at a byte. */
function unpack({ data, width, height, depth }: DecodedPng): ArrayLike<number> {
  if (depth >= 8) return data;
  const rowBytes = Math.ceil((width * depth) / 8);
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * rowBytes + (bit >> 3)] as number;
    return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  });
}

/** 8 bits per sample; a colour that stands for transparent becomes an alpha channel. */
function toBytes(
  { width, height, channels, depth, transparency }: DecodedPng,
  samples: ArrayLike<number>,
): Uint8Array {
  if (samples instanceof Uint8Array && depth === 8 && !transparency) return samples;
  const scale = 255 / (2 ** depth - 1);
  const stride = channels + (transparency ? 1 : 0);
  const bytes = new Uint8Array(width * height * stride);
  for (let pixel = 0; pixel < width * height; pixel++) {
    let clear = true;
    for (let channel = 0; channel < channels; channel++) {
      const sample = samples[pixel * channels + channel] as number;
      bytes[pixel * stride + channel] = Math.round(sample * scale);
      clear &&= sample === transparency?.[channel];
    }
    if (transparency) bytes[pixel * stride + channels] = clear ? 0 : 255;
  }
  return bytes;
}
