/** An entry of a journal with a checksum that is right again, so that what is behind it is looked at. */
import { crc32 } from '../../sdk/src/format/crc32.ts';

export function sealed(entry: Uint8Array): Uint8Array {
  const bytes = entry.slice();
  if (bytes.length < 4) return bytes;
  const end = bytes.length - 4;
  new DataView(bytes.buffer).setUint32(end, crc32(bytes.subarray(0, end)), true);
  return bytes;
}
