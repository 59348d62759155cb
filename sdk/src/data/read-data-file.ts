/** Reads a data file whole, unpacked if it is gzip. Node only. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { HffError } from '../error.ts';

const unpack = promisify(gunzip);
const MAX_UNPACKED_BYTES = 2 ** 31;

/**
 * @throws HffError `data/not-found` if the file cannot be read, `data/malformed` if it is broken gzip
 * or unpacks to more than 2 GiB
 */
export async function readDataFile(path: string): Promise<Uint8Array> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new HffError('data/not-found', `${path}: cannot be read (${reason(cause)})`, { cause });
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return plain(bytes);
  try {
    return plain(await unpack(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }));
  } catch (cause) {
    throw new HffError(
      'data/malformed',
      `${path}: broken gzip (${reason(cause)}); fetch the file again`,
      { cause },
    );
  }
}

/** Buffers slice differently; data sets must behave alike wherever they come from. */
function plain(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
