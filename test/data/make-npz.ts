/** The bytes of NumPy's `.npy` and `.npz` files. */
import { zipSync } from 'fflate';

export interface NpyOptions {
  /** NumPy's name of the type, for instance `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly fortran?: boolean;
  readonly version?: 1 | 2;
}

export function makeNpy({
  type,
  shape,
  bytes,
  fortran = false,
  version = 1,
}: NpyOptions): Uint8Array {
  const dimensions = shape.map((length) => `${length},`).join(' ');
  const order = fortran ? 'True' : 'False';
  const text = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${dimensions}), }\n`;
  const length = new Uint8Array(version === 1 ? 2 : 4);
  length[0] = text.length;
  const file = Buffer.concat([
    Buffer.from(`\x93NUMPY`, 'latin1'),
    Uint8Array.of(version, 0),
    length,
    Buffer.from(text),
    bytes,
  ]);
  return new Uint8Array(file);
}

/** @param arrays options of each array by its name */
export function makeNpz(arrays: Readonly<Record<string, NpyOptions>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, makeNpy(array)]);
  return zipSync(Object.fromEntries(files));
}
