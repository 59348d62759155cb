/** The files that a report is made of. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { RunResult } from '../run-result.ts';
import type { InferenceRatio } from './figures.ts';

/** All runs of a folder, the report's own file passed over. */
export async function readRuns(folder: string): Promise<RunResult[]> {
  const names = (await readdir(folder)).filter((name) => /-\d+\.json$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(`${folder}/${name}`, 'utf8')) as RunResult),
  );
}

/** What `npm run bench -- forward-forward` wrote; nothing where it has not run. */
export async function readInference(file: URL): Promise<InferenceRatio[]> {
  if (!existsSync(file)) return [];
  const { rows } = JSON.parse(await readFile(file, 'utf8')) as { rows: Record<string, string>[] };
  return rows.map((row) => {
    const text = (column: string): string => row[column] ?? '';
    return {
      classes: Number(text('classes')),
      batch: Number(text('batch')),
      oneByOne: text('one by one / HFF'),
      shared: text('shared / HFF'),
      counted: {
        oneByOne: Number(text('one by one / HFF, counted')),
        shared: Number(text('shared / HFF, counted')),
      },
    };
  });
}
