/** Bytes from an address. */
import { HffError } from './error.ts';

/** @throws HffError `data/not-found` when the server cannot be reached or does not answer 2xx */
export async function fetchBytes(address: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(address);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new HffError(
      'data/not-found',
      `${address}: expected status 200, got ${response.status} ${response.statusText}. Check the address.`,
    );
  } catch (cause) {
    if (cause instanceof HffError) throw cause;
    throw new HffError('data/not-found', `${address}: could not be fetched (${cause}).`, { cause });
  }
}
