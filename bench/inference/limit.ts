/** The limit at work: reads the weights of a network once in WebAssembly. */

const pageBytes = 65536;
/** What one turn of the loop reads; less than that at the end is left out. */
const blockBytes = 128;

interface Exports {
  readonly memory: WebAssembly.Memory;
  read(start: number, length: number): number;
}

/** @param module read-limit.ts, compiled */
export async function readingLimit(
  module: BufferSource,
  weights: ReadonlyMap<string, Float32Array>,
): Promise<() => void> {
  const { instance } = await WebAssembly.instantiate(module);
  const { memory, read } = instance.exports as unknown as Exports;
  const bytes = [...weights.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const start = memory.grow(Math.ceil(bytes / pageBytes)) * pageBytes;
  let at = start;
  for (const values of weights.values()) {
    new Float32Array(memory.buffer, at, values.length).set(values);
    at += values.byteLength;
  }
  const length = bytes - (bytes % blockBytes);
  const words = new Int32Array(memory.buffer, start, length / 4);
  const expected = words.reduce((all, word) => all | word, 0);
  if (read(start, length) !== expected) throw new Error('The limit does not read every word.');
  return () => {
    read(start, length);
  };
}
