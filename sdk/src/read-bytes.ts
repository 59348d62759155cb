/** Bytes from a file or an http(s) address, where there are Node's modules. */
import { readFile } from 'node:fs/promises';
import { HffError } from './error.ts';
import { fetchBytes } from './fetch-bytes.ts';

/** @throws HffError `data/not-found` */
export async function readBytes(source: string | URL): Promise<Uint8Array> {
  if (/^https?:/.test(String(source))) return fetchBytes(source);
  try {
    return await readFile(source);
  } catch (cause) {
    throw new HffError('data/not-found', `${source}: cannot be read (${cause}).`, { cause });
  }
}
