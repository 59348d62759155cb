/** Tells data sets apart, so that a checkpoint is not continued on other samples. */
import type { Dataset } from './dataset.ts';

/** FNV-1a over all samples and labels, eight hexadecimal digits. */
export function fingerprint({ inputs, labels }: Dataset): string {
  let hash = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of [inputs, labels]) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
