/**
 * What an application that imports an entry of the SDK carries: bundled, minified, gzip; and what it
 * loads later, by `import()`, when a model first learns or adapts. Fails when anything is above its
 * budget, or holds anything of tfjs.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type OutputFile } from 'esbuild';

const entries = ['browser', 'worker'];
const budgets = { atOnce: 20_000, later: 14_000 };
const root = fileURLToPath(new URL('..', import.meta.url));

/** The file and all that it imports but by `import()`. */
function loadedWith(entry: string, { outputs }: Metafile): Set<string> {
  const loaded = new Set([entry]);
  for (const path of loaded) {
    for (const { kind, path: imported } of outputs[path]?.imports ?? []) {
      if (kind !== 'dynamic-import') loaded.add(imported);
    }
  }
  return loaded;
}

/** Files that are loaded at some time after these; what two of them share counts for the first. */
function loadedAfter(paths: ReadonlySet<string>, { outputs }: Metafile): string[] {
  const imports = [...paths].flatMap((path) => outputs[path]?.imports ?? []);
  return imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path);
}

function rank(path: string): number {
  return basename(path).startsWith('open-') ? 1 : 0;
}

/** Scripts count as one, as other bundlers make them; esbuild splits off what two parts share. */
function gzipBytes(paths: Iterable<string>, files: readonly OutputFile[]): number {
  const own = [...paths].map(
    (path) => files.find((file) => file.path.endsWith(path)) as OutputFile,
  );
  const scripts = own.filter(({ path }) => path.endsWith('.js'));
  const others = own.filter((file) => !scripts.includes(file));
  const parts = [
    Buffer.concat(scripts.map(({ contents }) => contents)),
    ...others.map((o) => o.contents),
  ];
  return parts.reduce((sum, contents) => sum + gzipSync(contents).length, 0);
}

function report(what: string, bytes: number, budget: number): void {
  const inTime = bytes <= budget;
  console.log(`${inTime ? 'ok  ' : 'FAIL'} ${what}: ${bytes} of ${budget} bytes`);
  if (!inTime) process.exitCode = 1;
}

for (const entry of entries) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`sdk/dist/${entry}.js`],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    outdir: 'out',
    entryNames: '[name]',
    write: false,
    metafile: true,
    loader: { '.wasm': 'copy' },
    logLevel: 'error',
  });
  const atOnce = loadedWith(`out/${entry}.js`, metafile);
  report(entry, gzipBytes(atOnce, outputFiles), budgets.atOnce);
  const counted = new Set(atOnce);
  // What keeps models builds on what teaches them, and counts after it.
  const queue = loadedAfter(atOnce, metafile).sort((a, b) => rank(a) - rank(b));
  for (const path of queue) {
    const later = [...loadedWith(path, metafile)].filter((file) => !counted.has(file));
    if (later.length === 0) continue;
    for (const file of later) counted.add(file);
    queue.push(...loadedAfter(new Set(later), metafile));
    const name = basename(path).replace(/-\w+\.js$/, '');
    report(`${entry}, later ${name}`, gzipBytes(later, outputFiles), budgets.later);
  }
  for (const path of Object.keys(metafile.inputs).filter((input) => input.includes('tensorflow'))) {
    console.log(`FAIL ${entry} holds ${path}`);
    process.exitCode = 1;
  }
}
