/**
 * Our kernels: `kernels`, or `kernels-relaxed` with its fused multiply–add, and `extra` for images and
 * learning.
 */
import { readFile } from 'node:fs/promises';

export async function compileKernels(
  name: 'kernels' | 'kernels-relaxed' | 'extra',
): Promise<WebAssembly.Module> {
  const bytes = await readFile(new URL(`../sdk/wasm/${name}.wasm`, import.meta.url));
  return WebAssembly.compile(new Uint8Array(bytes));
}
