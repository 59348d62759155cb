/** The kernels in Node, from this package's files. */
import { readFile } from 'node:fs/promises';

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiled once; with fused multiply–add where this Node and its processor have it. */
export function nodeKernels(): Promise<WebAssembly.Module> {
  compiled ??= compile();
  return compiled;
}

let extra: Promise<WebAssembly.Module> | undefined;

/** What only images, learning and training need; compiled once. */
export function nodeExtraKernels(): Promise<WebAssembly.Module> {
  extra ??= readKernels('extra.wasm').then((bytes) => WebAssembly.compile(bytes));
  return extra;
}

async function compile(): Promise<WebAssembly.Module> {
  const relaxed = await readKernels('kernels-relaxed.wasm');
  if (WebAssembly.validate(relaxed)) return WebAssembly.compile(relaxed);
  return WebAssembly.compile(await readKernels('kernels.wasm'));
}

async function readKernels(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL(`../../../wasm/${name}`, import.meta.url)));
}
