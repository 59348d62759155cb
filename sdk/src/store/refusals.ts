/** What a platform refuses, in the same words for all stores. */
import { HffError } from '../error.ts';

/** @param what of the store and key: `IndexedDB hff-edge, key a/b` */
export function full(what: string, cause: unknown): HffError {
  return new HffError(
    'store/full',
    `${what}: expected room for it, got ${described(cause)}. Nothing was written, and what is stored stays good. Make room, or remove what is not needed.`,
    { cause },
  );
}

/** @param what of the store and key: `IndexedDB hff-edge, key a/b` */
export function unavailable(what: string, cause: unknown): HffError {
  return new HffError(
    'store/unavailable',
    `${what}: expected the platform to do it, got ${described(cause)}. Try again, or see that storage is allowed and in order there.`,
    { cause },
  );
}

function described(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
