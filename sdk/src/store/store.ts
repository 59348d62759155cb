/**
 * Where bytes are kept under keys. A store knows nothing of models: what it must be able to do is so
 * little that a database, a folder or a service of any kind can be one. `test/store/contract.ts` says
 * it in cases that run.
 *
 * A key is one or more segments of `A-Z a-z 0-9 . _ -`, joined by `/`, at most 256 characters in all;
 * no segment is `.` or `..`. Any other is refused with `option/invalid`. `a` and `a/b` may both be
 * there, and letters differ by case everywhere.
 *
 * What the platform refuses is `store/full`, where there is no room: nothing was written, and all that
 * is stored stays good; or else `store/unavailable`, with the platform's error as its cause: whether a
 * `create` that ended so has written is open.
 */
export interface Store {
  /**
   * @returns null where there is none. The bytes have a buffer of their own and are the caller's.
   * @throws HffError `option/invalid`, `store/unavailable`
   */
  load(key: string): Promise<Uint8Array | null>;

  /**
   * Keeps bytes under a key that has none: whole or not at all, and durable when it resolves. Of
   * several that create the same key at once, exactly one succeeds (but see `kvStore`).
   * @param bytes as they are at the call; the caller may change them right after it
   * @returns false, and nothing is written, where the key is taken
   * @throws HffError `option/invalid`, `store/full`, `store/unavailable`
   */
  create(key: string, bytes: Uint8Array): Promise<boolean>;

  /**
   * @param prefix how keys begin: `''` for all, `a/` for what is under `a`, `a/1` also for `a/10`
   * @returns keys by their characters' codes
   * @throws HffError `option/invalid` for what no key begins with, `store/unavailable`
   */
  list(prefix: string): Promise<string[]>;

  /**
   * Nothing happens where there is none. The key may be created again.
   * @throws HffError `option/invalid`, `store/unavailable`
   */
  remove(key: string): Promise<void>;

  /**
   * Tells of keys that others create in the same place from now on, soon after they are there. What
   * was created by this very store may be told, too.
   * @returns ends it
   */
  watch?(listener: (key: string) => void): () => void;

  /**
   * Runs one at a time among all in the same place that ask for the same name, as far as the platform
   * can tell. It saves work that would be in vain; nothing may depend on it.
   */
  exclusive?<T>(name: string, run: () => Promise<T>): Promise<T>;
}
