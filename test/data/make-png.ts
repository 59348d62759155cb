/** PNG bytes put together chunk by chunk, for layouts that encoders do not write. */
import { crc32, deflateSync } from 'node:zlib';

export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colourType: number;
  readonly interlaced?: boolean;
  /** Rows with their filter bytes, before compression. */
  readonly rows: ArrayLike<number>;
  /** Chunks between header and pixels. */
  readonly chunks?: readonly (readonly [type: string, content: ArrayLike<number>])[];
}

export function makePng(parts: PngParts): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(parts.width, 0);
  header.writeUInt32BE(parts.height, 4);
  header.set([parts.depth, parts.colourType, 0, 0, parts.interlaced ? 1 : 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(parts.chunks ?? []).map(([type, content]) => chunk(type, content)),
    chunk('IDAT', deflateSync(Uint8Array.from(parts.rows))),
    chunk('IEND', []),
  ]);
}

function chunk(type: string, content: ArrayLike<number>): Uint8Array {
  const body = Buffer.concat([Buffer.from(type), Uint8Array.from(content)]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
