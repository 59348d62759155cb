/** How many bytes applications load on our SDK and on others: minified, and as servers compress them. */
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { OutputFile } from 'esbuild';
import { bundleParts, sizeOf } from '../scripts/bundle-parts.ts';
import { subjects } from './sizes/subjects.ts';

type Compress = (bytes: Uint8Array) => Uint8Array;

/** What teaches a model, and the kernels for it, in browsers or in Workers. */
const partsOfLearning = new Set(['start-teacher', 'inline-extra', 'worker-extra']);

const forms: Readonly<Record<string, Compress>> = {
  minified: (bytes) => bytes,
  gzip: gzipSync,
  brotli: brotliCompressSync,
};

export async function measureSizes(): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const { name, contents, platform, fetched = [] } of subjects) {
    const { atOnce, later } = await bundleParts(contents, platform);
    const files = await Promise.all(fetched.map((path) => readFile(path)));
    const row: Record<string, string> = { application: name };
    for (const [form, compress] of Object.entries(forms)) {
      row[`${form}, KB`] = kilobytes(sizeOf(atOnce, compress) + sum(files, compress));
    }
    row['of it fetched files, gzip, KB'] = kilobytes(sum(files, gzipSync));
    const learning = new Map([...later].filter(([part]) => partsOfLearning.has(part)));
    row['more when it first learns, gzip, KB'] = kilobytes(sizeOfAll(learning, gzipSync));
    row['all that may come later, gzip, KB'] = kilobytes(sizeOfAll(later, gzipSync));
    rows.push(row);
  }
  return rows;
}

function sum(files: readonly Uint8Array[], compress: Compress): number {
  return files.reduce((bytes, file) => bytes + compress(file).length, 0);
}

function sizeOfAll(parts: ReadonlyMap<string, readonly OutputFile[]>, compress: Compress): number {
  return [...parts.values()].reduce((bytes, files) => bytes + sizeOf(files, compress), 0);
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0);
}
