/** `@hff-edge/sdk` has the same names and types on every platform, and tells where one lacks something. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as server from '@hff-edge/sdk';
import { memoryStore } from '@hff-edge/sdk/stores';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type * as browser from '../../sdk/src/browser.ts';
import type * as serverSource from '../../sdk/src/server.ts';
import type * as worker from '../../sdk/src/worker.ts';
import { mnistDigit } from '../support/render-digit.ts';

const digits = fileURLToPath(import.meta.resolve('@hff-edge/sdk/digits.safetensors'));

/** What is checked here is that this compiles: the types of `.` are those of `browser.ts` everywhere. */
type Portable = { readonly [Name in keyof typeof browser]: (typeof browser)[Name] };
const assertPortable = <_Entry extends Portable>(): void => {};
assertPortable<typeof serverSource>();
assertPortable<typeof worker>();

/** Names that a bundle gives for the conditions of a platform, and the entry that it took. */
async function resolvedFor(platform: string, conditions: string[]) {
  const { metafile } = await build({
    stdin: {
      contents: "export * from '@hff-edge/sdk'",
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    platform: platform === 'node' ? 'node' : 'neutral',
    conditions,
    loader: { '.wasm': 'copy' },
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint);
  const entry = /sdk\/dist\/(browser|server|worker)\.js$/;
  const inputs = Object.keys(metafile.inputs).flatMap((path) => entry.exec(path)?.[1] ?? []);
  return { names: output?.exports ?? [], inputs };
}

describe('each platform takes its own entry', () => {
  it.each([
    ['browser', ['browser'], 'browser'],
    ['none known', [], 'browser'],
    ['node', ['node'], 'server'],
    ['workerd', ['workerd', 'worker', 'browser'], 'worker'],
  ])('%s', async (platform, conditions, entry) => {
    const { names, inputs } = await resolvedFor(platform, conditions);
    expect(inputs).toEqual([entry]);
    expect(names).toEqual(expect.arrayContaining(Object.keys(server)));
  });
});

describe('in Node', () => {
  it('loads a model from a file', async () => {
    const model = await server.loadModel(digits);
    expect((await model.classify(mnistDigit(4, 1))).label).toBe('4');
    model.dispose();
  });

  it('loads a model from bytes as fetch and wrangler give them', async () => {
    const { buffer } = Uint8Array.from(await readFile(digits));
    const model = await server.loadModel(buffer);
    expect((await model.classify(mnistDigit(4, 1))).label).toBe('4');
    const store = memoryStore();
    const kept = await server.importModel(buffer, { store });
    expect(kept.name).toBe('digits');
    expect((await server.openModel('digits', { store })).labels).toHaveLength(10);
  });

  it.each([
    ['openModel', () => server.openModel('digits', { source: digits })],
    ['importModel', () => server.importModel(new Uint8Array(8), { name: 'digits' })],
    ['removeModel', () => server.removeModel('digits')],
  ])('%s without a store says which there are', async (_, call) => {
    await expect(call()).rejects.toMatchObject({
      code: 'option/invalid',
      message: expect.stringContaining('fileStore(folder) of @hff-edge/sdk/node'),
    });
  });
});
