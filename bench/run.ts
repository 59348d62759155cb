/** `npm run bench`: runs every measurement, prints it and writes it to bench/results. */
import { mkdir, writeFile } from 'node:fs/promises';
import { machine } from './machine.ts';
import { measureTraining } from './training.ts';

const measurements = { training: measureTraining };

const results = new URL('results/', import.meta.url);
await mkdir(results, { recursive: true });
for (const [name, measure] of Object.entries(measurements)) {
  console.log(`\n${name}`);
  const rows = await measure();
  console.table(rows);
  const report = { machine: machine(), rows };
  await writeFile(new URL(`${name}.json`, results), `${JSON.stringify(report, null, 2)}\n`);
}
