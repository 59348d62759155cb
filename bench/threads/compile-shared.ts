/** Our kernels, compiled for a memory that threads share. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const sdk = fileURLToPath(new URL('../../sdk/', import.meta.url));

/** @param pages of the memory, which cannot grow */
export async function compileShared(pages: number): Promise<WebAssembly.Module> {
  const folder = await mkdtemp(join(tmpdir(), 'hff-threads-'));
  try {
    const file = join(folder, 'kernels.wasm');
    const features = ['simd', 'relaxed-simd', 'threads'].flatMap((name) => ['--enable', name]);
    const { error, stderr } = await main([
      ...['assembly/index.ts', '--baseDir', sdk, '--outFile', file],
      ...['--runtime', 'stub', '-O3', '--noAssert', ...features],
      ...['--importMemory', '--sharedMemory', '--initialMemory', String(pages)],
      ...['--maximumMemory', String(pages)],
    ]);
    if (error) throw new Error(`The kernels did not compile for threads: ${stderr}`);
    return await WebAssembly.compile(new Uint8Array(await readFile(file)));
  } finally {
    await rm(folder, { recursive: true });
  }
}
