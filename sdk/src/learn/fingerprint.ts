/** Tells models apart by what learning builds on: what is learned on one means nothing on another. */
import { isInt8 } from '../backend/numbers.ts';
import type { Snapshot } from '../format/snapshot.ts';

/**
 * Two FNV-1a hashes over names and numbers of all layers as they are stored, which of them give
 * features, and the labels of the base classes: 16 hexadecimal digits. A layer without numbers counts by
 * its spec. It guards against mistakes, not against forgery.
 */
export function fingerprint({ spec: { network, labels }, weights }: Snapshot): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  const add = (bytes: Iterable<number>): void => {
    for (const byte of bytes) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte, 0x85ebca6b) + 1;
    }
  };
  for (const layer of network.layers) {
    if (layer.type === 'given') add(new TextEncoder().encode(JSON.stringify(layer)));
  }
  for (const [name, numbers] of weights) {
    if (!name.startsWith('layers.')) continue;
    add(new TextEncoder().encode(name));
    const parts = isInt8(numbers) ? [numbers.values, numbers.scales] : [numbers];
    for (const { buffer, byteOffset, byteLength } of parts) {
      add(new Uint8Array(buffer, byteOffset, byteLength));
    }
  }
  add(new TextEncoder().encode(JSON.stringify([network.features ?? null, labels])));
  return [a, b].map((hash) => (hash >>> 0).toString(16).padStart(8, '0')).join('');
}
