/**
 * What an application that imports an entry of the SDK carries: bundled, minified, gzip; and what it
 * loads later, by `import()`, when a model first learns or adapts. Fails when anything is above its
 * budget, or holds anything of tfjs.
 */
import { gzipSync } from 'node:zlib';
import { bundleParts, sizeOf } from './bundle-parts.ts';

const entries = ['browser', 'worker'];
const budgets = { atOnce: 20_000, later: 14_500 };

function report(what: string, bytes: number, budget: number): void {
  const inTime = bytes <= budget;
  console.log(`${inTime ? 'ok  ' : 'FAIL'} ${what}: ${bytes} of ${budget} bytes`);
  if (!inTime) process.exitCode = 1;
}

for (const entry of entries) {
  const { atOnce, later, inputs } = await bundleParts(`export * from './sdk/dist/${entry}.js'`);
  report(entry, sizeOf(atOnce, gzipSync), budgets.atOnce);
  for (const [name, files] of later) {
    report(`${entry}, later ${name}`, sizeOf(files, gzipSync), budgets.later);
  }
  for (const path of inputs.filter((input) => input.includes('tensorflow'))) {
    console.log(`FAIL ${entry} holds ${path}`);
    process.exitCode = 1;
  }
}
