/** The kernels inlined, so that no bundler has to be told of a file. */
import { deflated, kernelsBytes } from '../../../wasm/inline.js';
import { HffError } from '../../error.ts';

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Compiled once; with fused multiply–add where this browser has it.
 * @throws HffError `backend/unavailable`
 */
export function inlinedKernels(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((cause: unknown) => {
    compiled = undefined;
    throw new HffError(
      'backend/unavailable',
      `The kernels do not compile (${cause}). Expected WebAssembly SIMD and, in a Content-Security-Policy, 'wasm-unsafe-eval' in its script-src.`,
      { cause },
    );
  });
  return compiled;
}

/** What only images, learning and training need: inlined too, in a part that is loaded later. */
export async function inlinedExtraKernels(): Promise<WebAssembly.Module> {
  const { deflatedExtra } = await import('../../../wasm/inline-extra.js');
  return WebAssembly.compile(await inflate(deflatedExtra));
}

async function compile(): Promise<WebAssembly.Module> {
  const binaries = await inflate(deflated);
  const relaxed = binaries.slice(kernelsBytes);
  return WebAssembly.compile(
    WebAssembly.validate(relaxed) ? relaxed : binaries.slice(0, kernelsBytes),
  );
}

async function inflate(base64: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(inflated).arrayBuffer();
}
