/** What the package holds as it is packed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Packed, packSdk } from '../consumers/install-consumer.ts';

let packed: Packed;
let folder: string;
let files: string[];

beforeAll(async () => {
  packed = await packSdk();
  folder = join(await packed.install('empty'), 'node_modules/@hff-edge/sdk');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
});

afterAll(() => packed?.remove());

const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');

it('has its licence, a page of its own, a model and the kernels', () => {
  const wanted = ['LICENSE', 'README.md', 'models/digits.safetensors', 'wasm/inline.js'];
  const kernels = ['wasm/kernels.wasm', 'wasm/kernels-relaxed.wasm'];
  expect(files).toEqual(expect.arrayContaining([...wanted, ...kernels]));
});

it('has types, and a map with its source, for every module', async () => {
  const modules = files.filter((path) => path.startsWith('dist/') && path.endsWith('.js'));
  expect(modules.length).toBeGreaterThan(100);
  for (const path of modules) {
    expect(files).toContain(path.replace(/\.js$/, '.d.ts'));
    const { sources, sourcesContent } = JSON.parse(await read(`${path}.map`));
    expect(sourcesContent, path).toHaveLength(sources.length);
    // Where it was built is nobody's business.
    for (const source of sources) expect(source, path).toMatch(/^(\.\.\/)+src\//);
  }
});

it('has every file that its exports name', async () => {
  const { exports } = JSON.parse(await read('package.json'));
  const named = JSON.stringify(exports).match(/(?<="\.\/)[^"]+\.(?:js|ts|json|safetensors)(?=")/g);
  const targets = (named ?? []).filter((path) => path.includes('/') || path === 'package.json');
  expect(targets.length).toBeGreaterThan(20);
  expect(files).toEqual(expect.arrayContaining(targets));
});
