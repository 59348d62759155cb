/** Assertions for cases that also run where vitest does not: in pages and in workerd. */

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`);
}

/** These bytes, as a plain Uint8Array with a buffer of its own. */
export function sameBytes(actual: Uint8Array | null, expected: Uint8Array, what: string): void {
  equal(
    actual && Object.getPrototypeOf(actual) === Uint8Array.prototype,
    true,
    `${what}, a plain array`,
  );
  const bytes = actual as Uint8Array;
  equal([bytes.length, bytes.byteOffset], [expected.length, 0], `${what}, its length`);
  equal(bytes.buffer.byteLength, expected.length, `${what}, its buffer's length`);
  const different = bytes.findIndex((byte, i) => byte !== expected[i]);
  equal(different, -1, `${what}, the first byte that differs`);
}

export async function refused(
  operation: Promise<unknown>,
  code: string,
  what: string,
): Promise<void> {
  const result = await operation.then(
    () => 'done',
    (error) => error.code ?? String(error),
  );
  equal(result, code, what);
}

/** The same for the same seed, no two alike for different ones. */
export function someBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** Waits until something is so; whoever calls it has a limit of time. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
