/**
 * Compiles the kernels (`assembly/`) to `wasm/`: two binaries of the same source, for SIMD and for
 * relaxed SIMD with its fused multiply–add, and one with what only images, learning and training need;
 * and modules with them inlined for browsers' bundlers.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deflateAsync } from '@gfx/zopfli';
import asc from 'assemblyscript/asc';

const root = new URL('../', import.meta.url);
const options = ['--runtime', 'stub', '-O3s', '--noAssert', '--enable', 'simd'];

async function compile(source: string, name: string, ...features: string[]): Promise<Buffer> {
  const file = `wasm/${name}.wasm`;
  const place = ['--baseDir', fileURLToPath(root), '--outFile', file];
  const args = [`assembly/${source}.ts`, ...options, ...features, ...place];
  const { error, stderr } = await asc.main(args);
  if (error) {
    console.error(stderr.toString());
    throw error;
  }
  return readFile(new URL(file, root));
}

/** In base64, by Zopfli, which takes its time and makes a twentieth less of it than zlib. */
async function deflate(bytes: Buffer): Promise<string> {
  const deflated = await deflateAsync(bytes, { numiterations: 50 });
  return Buffer.from(deflated).toString('base64');
}

await mkdir(new URL('wasm/', root), { recursive: true });
const kernels = await compile('index', 'kernels');
const relaxed = await compile('index', 'kernels-relaxed', '--enable', 'relaxed-simd');
const extra = await compile('extra', 'extra', '--importMemory');
// Together, since they differ in little: the second costs a fifth of the first.
const inlined = {
  deflated: await deflate(Buffer.concat([kernels, relaxed])),
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

const deflatedExtra = await deflate(extra);
await writeFile(
  new URL('wasm/inline-extra.js', root),
  `export const deflatedExtra = ${JSON.stringify(deflatedExtra)};\n`,
);
await writeFile(
  new URL('wasm/inline-extra.d.ts', root),
  `/** What only images, learning and training need, deflated, in base64. */
export const deflatedExtra: string;
`,
);
