/** An application as a bundler makes it: what it loads at once, and what it loads later, by `import()`. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type OutputFile } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface BundleParts {
  readonly atOnce: readonly OutputFile[];
  /** By name, in the order of loading: each without what is there by then. */
  readonly later: ReadonlyMap<string, readonly OutputFile[]>;
  /** Paths of all modules in it. */
  readonly inputs: readonly string[];
}

export type Platform = Pick<BuildOptions, 'platform' | 'conditions'>;

/** @param contents of the application's module, which imports from this repository */
export async function bundleParts(contents: string, platform: Platform = {}): Promise<BundleParts> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, sourcefile: 'app.js' },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    outdir: 'out',
    entryNames: 'app',
    write: false,
    metafile: true,
    loader: { '.wasm': 'copy' },
    logLevel: 'error',
    ...platform,
  });
  const filesOf = (paths: Iterable<string>): OutputFile[] =>
    [...paths].flatMap((path) => outputFiles.filter((file) => file.path.endsWith(path)));
  const atOnce = loadedWith('out/app.js', metafile);
  const counted = new Set(atOnce);
  const later = new Map<string, OutputFile[]>();
  // What keeps models builds on what teaches them, and counts after it.
  const queue = loadedAfter(atOnce, metafile).sort((a, b) => rank(a) - rank(b));
  for (const path of queue) {
    const news = [...loadedWith(path, metafile)].filter((file) => !counted.has(file));
    if (news.length === 0) continue;
    for (const file of news) counted.add(file);
    queue.push(...loadedAfter(new Set(news), metafile));
    later.set(basename(path).replace(/-\w+\.js$/, ''), filesOf(news));
  }
  return { atOnce: filesOf(atOnce), later, inputs: Object.keys(metafile.inputs) };
}

/** Scripts count as one, as other bundlers make them; esbuild splits off what two parts share. */
export function sizeOf(
  files: readonly OutputFile[],
  compressed: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): number {
  const scripts = files.filter(({ path }) => path.endsWith('.js'));
  const others = files.filter((file) => !scripts.includes(file));
  const parts = [
    Buffer.concat(scripts.map(({ contents }) => contents)),
    ...others.map(({ contents }) => contents),
  ];
  return parts.reduce((sum, part) => sum + (part.length > 0 ? compressed(part).length : 0), 0);
}

/** The file and all that it imports but by `import()`. */
function loadedWith(entry: string, { outputs }: Metafile): Set<string> {
  const loaded = new Set([entry]);
  for (const path of loaded) {
    for (const { kind, path: imported, external } of outputs[path]?.imports ?? []) {
      if (kind !== 'dynamic-import' && !external) loaded.add(imported);
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
