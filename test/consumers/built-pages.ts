/** The projects for browsers, each built as its bundler is usually asked to. */
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build as buildByEsbuild } from 'esbuild';
import { rollup } from 'rollup';
import { build as buildByVite } from 'vite';
import webpack from 'webpack';

/** Builds the project in a folder; the folder to be served comes back. */
type Build = (folder: string) => Promise<string>;

const vite: Build = async (folder) => {
  await buildByVite({ root: folder, logLevel: 'error' });
  return join(folder, 'dist');
};

export const builds: Readonly<Record<string, Build>> = {
  vite,

  'web-worker': async (folder) => {
    await buildByVite({ root: folder, logLevel: 'error', worker: { format: 'es' } });
    return join(folder, 'dist');
  },

  async webpack(folder) {
    const { default: config } = await import(join(folder, 'webpack.config.js'));
    const compiler = webpack(config);
    const stats = await promised<webpack.Stats | undefined>((done) => compiler?.run(done));
    await promised<unknown>((done) => compiler?.close(done));
    if (!stats || stats.hasErrors() || stats.hasWarnings()) {
      throw new Error(`webpack: expected no errors and no warnings, got\n${stats}`);
    }
    return folder;
  },

  async esbuild(folder) {
    await buildByEsbuild({
      absWorkingDir: folder,
      entryPoints: ['main.js'],
      bundle: true,
      format: 'esm',
      splitting: true,
      outdir: 'out',
      loader: { '.safetensors': 'file' },
      logLevel: 'error',
    });
    return folder;
  },

  async rollup(folder) {
    const bundle = await rollup({
      input: join(folder, 'main.js'),
      plugins: [nodeResolve({ browser: true })],
      onwarn: ({ message }) => {
        throw new Error(`Rollup: expected no warnings, got: ${message}`);
      },
    });
    await bundle.write({ dir: join(folder, 'out'), format: 'es' });
    await bundle.close();
    return folder;
  },

  async plain(folder) {
    return folder;
  },

  async 'service-worker'(folder) {
    await buildByEsbuild({
      absWorkingDir: folder,
      entryPoints: ['service-worker.js'],
      bundle: true,
      format: 'iife',
      outfile: 'service-worker.js',
      allowOverwrite: true,
      logLevel: 'error',
    });
    return folder;
  },
};

/** The result of a function that takes a callback. */
function promised<T>(call: (done: (error: Error | null | undefined, result?: T) => void) => void) {
  return new Promise<T | undefined>((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result)));
  });
}
