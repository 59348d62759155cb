/**
 * One NumPy array from its `.npy` bytes: integers and floating-point numbers of any width, row-major.
 * Reference: NumPy, "NEP 1 — A simple file format for NumPy arrays".
 */
import { HffError } from '../error.ts';

export interface NumpyArray {
  readonly shape: readonly number[];
  /** Unsigned bytes as they are, a view on the file; everything else as 32-bit floats. */
  readonly values: Uint8Array | Float32Array;
}

type Read = (view: DataView, at: number, little: boolean) => number;

const readers: Readonly<Record<string, Read>> = {
  b1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/**
 * @param name says in errors which array it is
 * @throws HffError `data/malformed` if the bytes are no such array, or are more or fewer than it says
 */
export function parseNpy(bytes: Uint8Array, name: string): NumpyArray {
  const { text, start } = header(bytes, name);
  const type = /'descr':\s*'([<>|=])([biuf][1248])'/.exec(text);
  const rowMajor = /'fortran_order':\s*False/.test(text);
  const dimensions = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  const kind = type?.[2] ?? '';
  const read = readers[kind];
  if ((kind !== 'u1' && !read) || !rowMajor || dimensions === undefined) {
    throw new HffError(
      'data/malformed',
      `${name}: expected whole or floating-point numbers in C order, got ${text.trim().slice(0, 120)}; ` +
        'store it with np.ascontiguousarray and a number type',
    );
  }
  const shape = (dimensions.match(/\d+/g) ?? []).map(Number);
  const width = Number(kind[1]);
  const count = shape.reduce((product, length) => product * length, 1);
  if (start + count * width !== bytes.length) {
    throw new HffError(
      'data/malformed',
      `${name}: an array of shape (${shape.join(', ')}) and type ${kind} takes ${count * width} bytes, ` +
        `got ${bytes.length - start}; the file is damaged`,
    );
  }
  if (!read) return { shape, values: bytes.subarray(start) };
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * width);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = read(view, i * width, type?.[1] !== '>');
  return { shape, values };
}

function header(bytes: Uint8Array, name: string): { text: string; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, 6));
  const long = (bytes[6] ?? 0) >= 2;
  const textStart = long ? 12 : 10;
  if (magic !== '\x93NUMPY' || bytes.length < textStart) {
    throw new HffError('data/malformed', `${name}: not a NumPy array`);
  }
  const start = textStart + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > bytes.length) throw new HffError('data/malformed', `${name}: the array is cut off`);
  return { text: new TextDecoder().decode(bytes.subarray(textStart, start)), start };
}
