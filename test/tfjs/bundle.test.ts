/** What a page carries that trains on a GPU: without `startTfjs`, nothing of the WebAssembly engine. */
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';

/** @returns the code of a page that imports `names` of the entry */
async function bundle(names: string): Promise<string> {
  const page = fileURLToPath(new URL('page-of-the-test.js', import.meta.url));
  const code = `import { ${names} } from '@hff-edge/sdk/tfjs'; globalThis.used = [${names}];`;
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === page ? id : null),
        load: (id) => (id === page ? code : null),
      },
    ],
    build: { write: false, rolldownOptions: { input: page } },
  })) as Rollup.RollupOutput;
  return built.output.map((file) => ('code' in file ? file.code : '')).join('');
}

test('only a page that starts WebAssembly carries its engine', async () => {
  expect(await bundle('startTfjs')).toContain('tfjs-backend-wasm');
  const onGpu = await bundle('beginTraining, tfjsBackbone');
  expect(onGpu).toContain('backbone: expected');
  expect(onGpu).not.toContain('tfjs-backend-wasm');
});
