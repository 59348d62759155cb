/**
 * What an application that imports an entry of the SDK carries: bundled, minified, gzip. Fails when an
 * entry is above its budget, or holds anything of tfjs.
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const budgets = { browser: 20_000, worker: 20_000 };
const root = fileURLToPath(new URL('..', import.meta.url));

let failed = false;
for (const [entry, budget] of Object.entries(budgets)) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`sdk/dist/${entry}.js`],
    bundle: true,
    minify: true,
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
    loader: { '.wasm': 'copy' },
    logLevel: 'error',
  });
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  const strangers = Object.keys(metafile.inputs).filter((path) => path.includes('tensorflow'));
  const inTime = bytes <= budget && strangers.length === 0;
  console.log(
    `${inTime ? 'ok  ' : 'FAIL'} ${entry}: ${bytes} of ${budget} bytes`,
    outputFiles
      .map(({ path, contents }) => `${path.split('/').at(-1)} ${gzipSync(contents).length}`)
      .join(', '),
    ...strangers,
  );
  failed ||= !inTime;
}
if (failed) process.exitCode = 1;
