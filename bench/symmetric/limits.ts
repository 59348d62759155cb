/** The limits in WebAssembly, with fused multiply–add where the platform has it. */
import { readFile } from 'node:fs/promises';
import { main } from 'assemblyscript/asc';

const source = new URL('limit-kernels.ts', import.meta.url);
const pageBytes = 65_536;
const stepsPerBlock = 128;
const flopsPerBlock = 32 * stepsPerBlock;
/** What {@link multiplyAdds} gives for a block of ones. */
const sumOfBlock = 16 * stepsPerBlock;

export interface Limits {
  /** Does this many operations of float64 in registers. */
  compute(flops: number): void;
  /** Reads and writes these numbers' bytes once. */
  rewrite(numbers: number): void;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  multiplyAdds(from: number, steps: number): number;
  addToAll(start: number, length: number, addend: number): void;
}

/** @param most numbers that will ever be rewritten */
export async function startLimits(most: number): Promise<Limits> {
  const relaxed = await compile('--enable', 'relaxed-simd');
  const { instance } = await WebAssembly.instantiate(
    WebAssembly.validate(relaxed) ? relaxed : await compile(),
  );
  const { memory, multiplyAdds, addToAll } = instance.exports as unknown as Exports;
  const start = memory.grow(1 + Math.ceil((8 * most) / pageBytes)) * pageBytes;
  new Float64Array(memory.buffer, start, 4 * stepsPerBlock).fill(1);
  return {
    compute(flops) {
      const blocks = Math.ceil(flops / flopsPerBlock);
      const sum = multiplyAdds(start, blocks * stepsPerBlock);
      if (sum !== blocks * sumOfBlock) throw new Error('The limit does not do all multiply–adds.');
    },
    rewrite(numbers) {
      addToAll(start + pageBytes, 64 * Math.floor(numbers / 8), 1);
    },
  };
}

async function compile(...features: string[]): Promise<Uint8Array<ArrayBuffer>> {
  const files = new Map([['limits.ts', await readFile(source, 'utf8')]]);
  let compiled: Uint8Array<ArrayBuffer> | undefined;
  const options = ['-O3', '--enable', 'simd', ...features, '--runtime', 'stub'];
  const { error, stderr } = await main(['limits.ts', ...options, '--outFile', 'limits.wasm'], {
    readFile: (name) => files.get(name) ?? null,
    writeFile: (_name, contents) => {
      compiled = Uint8Array.from(contents as Uint8Array);
    },
    listFiles: () => [],
  });
  if (error || !compiled) throw new Error(`${source.pathname} did not compile: ${stderr}`);
  return compiled;
}
