/** Bytes from an address. */
import { HffError } from './error.ts';

/** @throws HffError `data/not-found` when the server cannot be reached or does not answer 2xx */
export async function fetchBytes(address: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new HffError('data/not-found', `${address}: could not be reached (${cause}).`, { cause });
  }
  if (!response.ok) {
    throw new HffError(
      'data/not-found',
      `${address}: expected status 200, got ${response.status} ${response.statusText}. Check the address.`,
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}
