/**
 * Compiles the kernels (`assembly/`) to `wasm/`: two binaries of the same source, for SIMD and for
 * relaxed SIMD with its fused multiply–add, and a module with both inlined for browsers' bundlers.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const binaries = {
  kernels: ['--enable', 'simd'],
  'kernels-relaxed': ['--enable', 'simd', '--enable', 'relaxed-simd'],
};
const common = ['assembly/index.ts', '--runtime', 'stub', '-O3', '--noAssert', '--baseDir', root];

await mkdir(new URL('../wasm/', import.meta.url), { recursive: true });
const inlined: string[] = ['/** Made by scripts/build-kernels.ts: the kernels in base64. */'];
for (const [name, features] of Object.entries(binaries)) {
  const file = `wasm/${name}.wasm`;
  const { error, stderr } = await asc.main([...common, ...features, '--outFile', file]);
  if (error) {
    console.error(stderr.toString());
    throw error;
  }
  const bytes = await readFile(new URL(`../${file}`, import.meta.url));
  const constant = name === 'kernels' ? 'kernels' : 'relaxedKernels';
  inlined.push(`export const ${constant} = '${bytes.toString('base64')}';`);
}
await writeFile(new URL('../wasm/inline.js', import.meta.url), `${inlined.join('\n')}\n`);
await writeFile(
  new URL('../wasm/inline.d.ts', import.meta.url),
  'export const kernels: string;\nexport const relaxedKernels: string;\n',
);
