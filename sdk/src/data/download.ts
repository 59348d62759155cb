/** Fetches one file with progress and checksum; the file appears under its name only when whole. Node only. */
import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HffError } from '../error.ts';

/** Called with the bytes that have come and, where the server says it, the bytes to come in all. */
export type DownloadProgress = (done: number, total: number | null) => void;

/**
 * Streams to `<path>.part`, in a folder that is made where there is none, and renames it at the end; on failure the partial file is removed.
 * @param md5 expected sum, in hexadecimal
 * @throws HffError `data/download` with the address and what to do
 */
export async function download(
  url: string,
  path: string,
  md5: string,
  onProgress: DownloadProgress,
): Promise<void> {
  const partial = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const sum = await stream(url, partial, onProgress);
    if (sum !== md5) throw new Error(`its MD5 sum is ${sum}, expected ${md5}`);
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    throw new HffError(
      'data/download',
      `${url}: could not be fetched (${reason(cause)}); try again later, or put the file at ${path} yourself`,
      { cause },
    );
  }
}

/** @returns MD5 sum of what was written */
async function stream(url: string, path: string, onProgress: DownloadProgress): Promise<string> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
  const length = response.headers.get('content-length');
  const total = length === null ? null : Number(length);
  const hash = createHash('md5');
  const file = await open(path, 'w');
  try {
    let done = 0;
    for await (const piece of response.body) {
      await file.writeFile(piece);
      hash.update(piece);
      done += piece.length;
      onProgress(done, total);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** fetch says only "fetch failed" and puts the reason into `cause`. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
