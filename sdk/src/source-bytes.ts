/** Where a model comes from. */
import { fetchBytes } from './fetch-bytes.ts';

/** Its address or its bytes; where there are Node's modules, the address may be a path. */
export type ModelSource = string | URL | Uint8Array | ArrayBuffer;

/**
 * @param read from an address
 * @throws HffError `data/not-found`
 */
export async function sourceBytes(
  source: ModelSource,
  read: (address: string | URL) => Promise<Uint8Array> = fetchBytes,
): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  return source instanceof ArrayBuffer ? new Uint8Array(source) : read(source);
}
