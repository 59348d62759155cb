/** One import for Node, browsers and workerd: each resolves it to what runs there. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { type Rollup, build as viteBuild } from 'vite';
import { expect, it } from 'vitest';
import { postModel } from '../runtimes/post-model.ts';
import { servePage } from '../support/serve-page.ts';
import type { Answers } from './page/teach-and-predict.ts';

const script = fileURLToPath(new URL('page/teach-and-predict.ts', import.meta.url));

/** Node's own resolution, in a process without vitest. */
async function answersOfNode(): Promise<Answers> {
  const code = `import { teachAndPredict } from ${JSON.stringify(script)};
    console.log(JSON.stringify(await teachAndPredict()));`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code]);
  return JSON.parse(stdout) as Answers;
}

function expectSame(answers: Answers, expected: Answers): void {
  expect(answers.counts).toEqual(expected.counts);
  expect(answers.refused).toBe('input/shape');
  expect(answers.restored).toEqual(answers.predictions[0]);
  answers.predictions.forEach(({ label, classIndex, confidences, unknown }, i) => {
    expect([label, classIndex, unknown]).toEqual([`kind ${i % 3}`, i % 3, false]);
    const others = expected.predictions[i]?.confidences ?? {};
    expect(Object.keys(confidences)).toEqual(Object.keys(others));
    for (const [name, share] of Object.entries(confidences)) {
      expect(share).toBeCloseTo(others[name] as number, 4);
    }
  });
}

it('a page and a Worker answer as Node does', async () => {
  const node = await answersOfNode();
  expectSame(node, node);

  const served = await servePage({
    folder: new URL('page/', import.meta.url),
    ready: 'askClassifier',
  });
  try {
    const page = await served.open();
    expectSame(await page.evaluate(() => globalThis.askClassifier()), node);
  } finally {
    await served.close();
  }

  const worker = await postModel(new URL('teach-in-worker.ts', import.meta.url));
  expectSame(worker as Answers, node);
});

it('bundles carry one form of the kernels, nothing of tfjs and nothing of Node', async () => {
  const page = (await viteBuild({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: script, formats: ['es'] } },
  })) as Rollup.RollupOutput[];
  const modules = page.flatMap(({ output }) =>
    output.flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : file.fileName)),
  );
  const { metafile } = await build({
    entryPoints: [script],
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.wasm': 'copy' },
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const worker = Object.keys(metafile.inputs);
  const ending = (names: string[], end: string) =>
    names.filter((name) => name.endsWith(end)).length;
  expect([ending(modules, 'wasm/inline.js'), ending(modules, '.wasm')]).toEqual([1, 0]);
  expect([ending(worker, 'wasm/inline.js'), ending(worker, '.wasm')]).toEqual([0, 2]);
  for (const name of [...modules, ...worker]) expect(name).not.toMatch(/tensorflow|^node:|cli/);
});
