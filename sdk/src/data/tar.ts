/**
 * The files of an unpacked tar archive, as views on its bytes. Long names are read in all three ways
 * in use: the ustar prefix, GNU's `L` entries and pax headers.
 * Reference: POSIX.1-2017, pax, "ustar Interchange Format".
 */
import { HffError } from '../error.ts';

export interface TarFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/**
 * Regular files in the archive's order; links, folders and devices are passed over.
 * @param name says in errors which archive it is
 * @throws HffError `data/malformed` if a header is damaged or a file is cut off
 */
export function* readTar(bytes: Uint8Array, name: string): Generator<TarFile> {
  let longPath: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header[0] === 0) return; // The empty blocks that end an archive.
    const size = octal(header, 124, 12);
    const start = at + BLOCK;
    if (checksum(header) !== octal(header, 148, 8) || !(start + size <= bytes.length)) {
      throw new HffError(
        'data/malformed',
        `${name}: no sound tar header at byte ${at}, or its file is cut off; fetch it again`,
      );
    }
    const content = bytes.subarray(start, start + size);
    const type = String.fromCharCode(header[156] as number);
    if (type === 'L') longPath = text(content, 0, content.length);
    else if (type === 'x') longPath = paxPath(content) ?? longPath;
    else {
      if (type === '0' || type === '\0')
        yield { path: longPath ?? shortPath(header), bytes: content };
      longPath = undefined;
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** Sum of the header's bytes with the checksum's own eight taken as spaces. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
}

/** NaN, which no size passes, where the field is not octal. */
function octal(header: Uint8Array, start: number, length: number): number {
  const digits = text(header, start, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

function shortPath(header: Uint8Array): string {
  const name = text(header, 0, 100);
  const prefix = text(header, 257, 6) === 'ustar' ? text(header, 345, 155) : '';
  return prefix ? `${prefix}/${name}` : name;
}

/** Records of the form `<length> path=<value>\n`. */
function paxPath(content: Uint8Array): string | undefined {
  return /^\d+ path=(.*)$/m.exec(text(content, 0, content.length))?.[1];
}

/** Text up to the first zero byte. */
function text(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
