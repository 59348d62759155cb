/**
 * `npm run continual`: the protocols of docs/results.md, by `hff continual` itself, one after the other
 * (an hour or two in all); `npm run continual -- mnist-b5` runs one. Writes figures and a page with
 * plots for each to bench/results/continual.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** D = 3000. k-nearest neighbours, the slowest by far, decide fewer samples. */
const wide = '--layers 2000,1000 --neighbours 200';

const runs: Record<string, string> = {
  'mnist-b5': '--data mnist --base 5 --seeds 0',
  'fashion-b5': `--data fashion-mnist --base 5 --seeds 0 ${wide} --epochs 15`,
  'mnist-b8': '--data mnist --base 8 --seeds 0 --neighbours 200',
  'mnist-b2': `--data mnist --base 2 --increment 2 --seeds 0 ${wide} --epochs 40`,
  'cifar-b5': `--data cifar10 --base 5 --seeds 0 ${wide} --epochs 12`,
  'cifar-b5-conv':
    '--data cifar10 --base 5 --layers conv:48,conv:96,conv:192,conv:384 --epochs 8 --seeds 0 --neighbours 200',
  /** Each digit left out once. */
  'mnist-b9':
    '--data mnist --base 9 --rotate --seeds 0,1,2,3,4,5,6,7,8,9 --epochs 3 --shots 5 --draws 1 --neighbours 0',
};

const folder = fileURLToPath(new URL('results/continual/', import.meta.url));
const hff = fileURLToPath(new URL('../sdk/bin/hff.js', import.meta.url));
mkdirSync(folder, { recursive: true });
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(runs);
for (const name of chosen) {
  const options = runs[name];
  if (!options) throw new Error(`There is no ${name}: choose among ${Object.keys(runs)}.`);
  console.log(`\n${name}: hff continual ${options}`);
  const out = ['--out-json', `${folder}${name}.json`, '--out-html', `${folder}${name}.html`];
  const { status } = spawnSync(
    process.execPath,
    [hff, 'continual', ...options.split(' '), ...out],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
