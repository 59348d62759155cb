/**
 * Compiles the kernels (`assembly/`) to `wasm/`: two binaries of the same source, for SIMD and for
 * relaxed SIMD with its fused multiply–add, and a module with both inlined for browsers' bundlers.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deflateAsync } from '@gfx/zopfli';
import asc from 'assemblyscript/asc';

const root = new URL('../', import.meta.url);
const options = [
  'assembly/index.ts',
  '--runtime',
  'stub',
  '-O3s',
  '--noAssert',
  '--enable',
  'simd',
];

async function compile(name: string, ...features: string[]): Promise<Buffer> {
  const file = `wasm/${name}.wasm`;
  const args = [...options, ...features, '--baseDir', fileURLToPath(root), '--outFile', file];
  const { error, stderr } = await asc.main(args);
  if (error) {
    console.error(stderr.toString());
    throw error;
  }
  return readFile(new URL(file, root));
}

await mkdir(new URL('wasm/', root), { recursive: true });
const kernels = await compile('kernels');
const relaxed = await compile('kernels-relaxed', '--enable', 'relaxed-simd');
// Together, since they differ in little: the second costs a fifth of the first. Zopfli takes a second and
// saves 6 % of what each page carries.
const both = await deflateAsync(Buffer.concat([kernels, relaxed]), { numiterations: 30 });
const inlined = {
  deflated: Buffer.from(both).toString('base64'),
  kernelsBytes: kernels.length,
};
const lines = Object.entries(inlined).map(
  ([name, value]) => [name, JSON.stringify(value)] as const,
);
await writeFile(
  new URL('wasm/inline.js', root),
  lines.map(([name, value]) => `export const ${name} = ${value};\n`).join(''),
);
await writeFile(
  new URL('wasm/inline.d.ts', root),
  `/** Both binaries one after the other, deflated, in base64. */
export const deflated: string;
/** Length of the first of them, the one that is not relaxed. */
export const kernelsBytes: number;
`,
);
