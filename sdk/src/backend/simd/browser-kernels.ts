/** The kernels in browsers: inlined, so that no bundler has to be told of a file. */
import { kernels, relaxedKernels } from '../../../wasm/inline.js';
import { HffError } from '../../error.ts';

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Compiled once; with fused multiply–add where this browser has it.
 * @throws HffError `backend/unavailable`
 */
export function browserKernels(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((cause: unknown) => {
    compiled = undefined;
    throw new HffError(
      'backend/unavailable',
      `The kernels do not compile (${cause}). Expected a browser with WebAssembly SIMD and, where the page has a Content-Security-Policy, 'wasm-unsafe-eval' in its script-src.`,
      { cause },
    );
  });
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const relaxed = fromBase64(relaxedKernels);
  return WebAssembly.compile(WebAssembly.validate(relaxed) ? relaxed : fromBase64(kernels));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
