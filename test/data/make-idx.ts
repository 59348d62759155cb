/** The bytes of an IDX file of unsigned bytes. */
export function makeIdx(shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + shape.length);
  shape.forEach((length, i) => {
    view.setUint32(4 + 4 * i, length);
  });
  bytes.set(Array.from(values), 4 + 4 * shape.length);
  return bytes;
}
