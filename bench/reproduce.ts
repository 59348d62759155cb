/**
 * `npm run reproduce`: trains HFF and what it is measured by, each run in a process of its own, and
 * keeps each as a file in bench/results/reproduce, from which it writes a report. A run whose file is
 * there is not repeated, and one that was broken off goes on where its last epoch ended.
 *
 *   npm run reproduce -- --quick                              minutes: shows that all of it works
 *   npm run reproduce -- --only cifar10/conv --budget short   fewer samples and epochs, for all methods alike
 *   npm run reproduce -- --only mnist/conv/hff --again
 *   npm run reproduce -- --only cifar10/conv/hff/1 --model cifar.safetensors --log cifar.jsonl
 *   npm run reproduce -- --report                             the report alone
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Job } from './reproduce/job.ts';
import { writeReport } from './reproduce/report/write-report.ts';
import { budgets, chosenRuns, nameOf, pathOf, runsOf } from './reproduce/runs.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    budget: { type: 'string' },
    quick: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    model: { type: 'string' },
    log: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
});

const { only, model, log } = values;
if (values.quick && values.budget) fail('--quick: is a budget of its own; leave --budget out.');
const asked = values.quick ? 'quick' : (values.budget ?? 'full');
const budget = budgets.find((name) => name === asked);
if (!budget) fail(`--budget: expected ${budgets.join(', ')}, got ${asked}.`);
const all = runsOf(budget);
for (const path of only.filter((path) => chosenRuns(all, [path]).length === 0)) {
  fail(
    `--only ${path}: there is no such run with --budget ${budget}. Choose among:\n${all.map(pathOf).join('\n')}`,
  );
}
const runs = chosenRuns(all, only);
if (model && (runs.length > 1 || runs[0]?.method !== 'hff')) {
  fail(`--model: expected --only to choose one run of hff, got ${runs.map(pathOf).join(', ')}.`);
}
if (log && !model) fail('--log: expected --model beside it, to which the log belongs.');
if (values.report && (model || values.again)) {
  fail('--report: writes the report alone; leave --model and --again out.');
}

const folder = fileURLToPath(
  new URL(`results/reproduce${budget === 'quick' ? '-quick' : ''}/`, import.meta.url),
);
mkdirSync(folder, { recursive: true });
const jobs = runs.map((run): Job => {
  const path = `${folder}${nameOf(run)}`;
  return { run, file: `${path}.json`, checkpoint: `${path}.checkpoint`, model, log };
});
const begun = model && jobs.find(({ checkpoint }) => existsSync(checkpoint))?.checkpoint;
if (begun)
  fail(`--model: that run has been begun; let it end without --model, or delete ${begun}.`);
const missing = jobs.filter(
  ({ file, checkpoint }) => values.again || model || !existsSync(file) || existsSync(checkpoint),
);
const pending = values.report ? [] : missing;
for (const [index, job] of pending.entries()) {
  if (values.again && !model) rmSync(job.checkpoint, { force: true });
  console.log(`\n${index + 1} of ${pending.length}: ${pathOf(job.run)}, ${job.run.budget}`);
  const child = fileURLToPath(new URL('reproduce/run-one.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, [child, JSON.stringify(job)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
const written = await writeReport(folder, new URL('results/forward-forward.json', import.meta.url));
const there = jobs.length - missing.length;
if (there > 0) console.log(`\n${there} of ${jobs.length} runs were there already.`);
console.log(`\n${written.join('\n')}`);

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
