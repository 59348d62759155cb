/**
 * IDX, the format of MNIST and its relatives: a big-endian header (two zero bytes, the type of the
 * values, the number of dimensions, each dimension as 32 bits) and then the values. Only unsigned
 * bytes are read, as every published set uses them. Reading files is left to idx-folder.ts.
 * Reference: LeCun, Cortes, Burges, "The MNIST database", section "File formats".
 */
import { HffError } from '../error.ts';

/** An array of unsigned bytes. */
export interface IdxArray {
  /** Length of each dimension; [N] for labels, [N, height, width] for grey images. */
  readonly shape: readonly number[];
  /** The values, row-major; a view on the bytes that were read. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads unpacked IDX bytes.
 * @param name says in errors whose bytes these are, for instance a path
 * @throws HffError `data/malformed` if the bytes are not IDX, or are more or fewer than their header says
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0) {
    throw new HffError(
      'data/malformed',
      `${name}: not an IDX file; it must begin with two zero bytes`,
    );
  }
  const type = view.getUint8(2);
  const dimensions = view.getUint8(3);
  if (type !== UNSIGNED_BYTE || dimensions === 0) {
    throw new HffError(
      'data/malformed',
      `${name}: expected IDX unsigned bytes (type 8) with 1 or more dimensions, ` +
        `got type ${type} with ${dimensions}; store the values as unsigned bytes`,
    );
  }
  const start = 4 + 4 * dimensions;
  const shape: number[] = [];
  for (let at = 4; at < start && at + 4 <= bytes.length; at += 4) shape.push(view.getUint32(at));
  const expected = start + shape.reduce((product, length) => product * length, 1);
  if (shape.length < dimensions || bytes.length !== expected) {
    throw new HffError(
      'data/malformed',
      `${name}: an IDX file of shape [${shape.join(', ')}] has ${expected} bytes, ` +
        `got ${bytes.length}; the file is cut off or damaged, fetch it again`,
    );
  }
  return { shape, values: bytes.subarray(start) };
}
