/**
 * What the first bytes of an image say about it, read before anything is allocated for its pixels.
 * References: PNG specification (W3C), 11.2.1 IHDR; JPEG (ITU-T T.81), annex B.
 */
import { HffError } from '../error.ts';

export interface PngHeader {
  readonly format: 'PNG';
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colourType: number;
  readonly interlaced: boolean;
}

export interface JpegHeader {
  readonly format: 'JPEG';
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 for print. */
  readonly components: number;
}

/** @throws HffError `input/image` if the bytes are neither PNG nor JPEG, or are cut off */
export function readImageHeader(bytes: Uint8Array): PngHeader | JpegHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return readPng(view);
  if (startsWith(bytes, '\xff\xd8\xff')) return readJpeg(view);
  throw new HffError('input/image', `expected a PNG or JPEG image, got ${describe(bytes)}`);
}

const depthsOfColourType: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function readPng(view: DataView): PngHeader {
  const IHDR = 0x49484452;
  if (view.byteLength < 33 || view.getUint32(8) !== 13 || view.getUint32(12) !== IHDR) {
    throw new HffError('input/image', 'the PNG has no complete header; it is cut off or damaged');
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colourType, interlace] = [view.getUint8(24), view.getUint8(25), view.getUint8(28)];
  const known = depthsOfColourType[colourType]?.includes(depth) && interlace <= 1;
  if (!known || width === 0 || height === 0) {
    throw new HffError(
      'input/image',
      `the PNG's header contradicts the format: ${width}×${height} pixels, ${depth} bits, ` +
        `colour type ${colourType}, interlace ${interlace}`,
    );
  }
  return { format: 'PNG', width, height, depth, colourType, interlaced: interlace === 1 };
}

/** Walks the marker segments up to the frame header, passing fill bytes as decoders do. */
function readJpeg(view: DataView): JpegHeader {
  for (let at = 2; at + 9 < view.byteLength; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0 || marker === 0xff) {
      at += 1;
    } else if (isFrame(marker)) {
      return readFrame(view, at, marker);
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
    } else if (marker === 0xd9 || marker === 0xda) {
      break;
    } else {
      at += 2 + Math.max(2, view.getUint16(at + 2));
    }
  }
  throw new HffError('input/image', 'the JPEG has no frame header; it is cut off or damaged');
}

/** SOF0 to SOF15, without the tables DHT, JPG and DAC that lie between them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function readFrame(view: DataView, at: number, marker: number): JpegHeader {
  const [precision, components] = [view.getUint8(at + 4), view.getUint8(at + 9)];
  const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
  if (marker > 0xc2 || precision !== 8 || width === 0 || height === 0) {
    throw new HffError(
      'input/image',
      `expected a baseline or progressive JPEG of 8 bits, got ${width}×${height} pixels, ` +
        `${precision} bits, frame type ${marker - 0xc0}`,
    );
  }
  return { format: 'JPEG', width, height, components };
}

const signatures: readonly (readonly [start: string, name: string])[] = [
  ['GIF8', 'a GIF'],
  ['BM', 'a BMP'],
  ['II*\0', 'a TIFF'],
  ['MM\0*', 'a TIFF'],
  ['RIFF', 'a RIFF file, perhaps WebP'],
  ['\0\0\0', 'perhaps HEIC or AVIF'],
  ['%PDF', 'a PDF'],
  ['<', 'text, perhaps SVG or HTML'],
];

function describe(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'no bytes';
  const name = signatures.find(([start]) => startsWith(bytes, start))?.[1] ?? 'something else';
  const first = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return `${bytes.length} bytes that begin with ${first.join(' ')} (${name})`;
}

function startsWith(bytes: Uint8Array, signature: string): boolean {
  return [...signature].every((character, i) => bytes[i] === character.charCodeAt(0));
}
