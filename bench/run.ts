/**
 * `npm run bench`: runs every measurement, prints it and writes it to bench/results.
 * `npm run bench -- inference start` runs those two; `npm run bench -- drawing --minutes 1` for less than
 * ten.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureAdapt } from './adapt.ts';
import { measureClasses } from './classes.ts';
import { measureConvolution } from './convolution.ts';
import { measureDrawing } from './drawing.ts';
import { measureEpoch } from './epoch.ts';
import { measureForwardForward } from './forward-forward.ts';
import { measureHttp } from './http.ts';
import { measureInference } from './inference.ts';
import { measureInt8 } from './int8.ts';
import { measureLearning } from './learning.ts';
import { measureLighthouse } from './lighthouse.ts';
import { machine } from './machine.ts';
import { measureMemory } from './memory.ts';
import { measurePipeline } from './pipeline.ts';
import { measurePoisoning } from './poisoning.ts';
import { measureProducts } from './products.ts';
import { measureSizes } from './sizes.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { measureStoring } from './storing.ts';
import { measureSymmetric } from './symmetric.ts';
import { measureThousand } from './thousand.ts';
import { measureThreads } from './threads.ts';
import { measureTraining } from './training.ts';
import { measureTransfer } from './transfer.ts';
import { measureViews } from './views.ts';

const { values, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '10' } },
});

const measurements = {
  start: measureStart,
  inference: measureInference,
  classes: measureClasses,
  products: measureProducts,
  convolution: measureConvolution,
  training: measureTraining,
  epoch: measureEpoch,
  pipeline: measurePipeline,
  'forward-forward': measureForwardForward,
  sizes: measureSizes,
  int8: measureInt8,
  views: measureViews,
  symmetric: measureSymmetric,
  learning: measureLearning,
  adapt: measureAdapt,
  transfer: measureTransfer,
  thousand: measureThousand,
  storing: measureStoring,
  memory: measureMemory,
  http: measureHttp,
  poisoning: measurePoisoning,
  soak: measureSoak,
  threads: measureThreads,
  lighthouse: measureLighthouse,
  drawing: () => measureDrawing(Number(values.minutes)),
};

const unknown = chosen.filter((name) => !(name in measurements));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}: choose among ${Object.keys(measurements)}.`);
  process.exit(1);
}
const results = new URL('results/', import.meta.url);
await mkdir(results, { recursive: true });
for (const [name, measure] of Object.entries(measurements)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n${name}`);
  const rows = await measure();
  console.table(rows);
  const report = { machine: machine(), rows };
  await writeFile(new URL(`${name}.json`, results), `${JSON.stringify(report, null, 2)}\n`);
}
