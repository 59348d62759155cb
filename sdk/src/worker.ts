/**
 * `@hff-edge/sdk/worker` in Cloudflare Workers (workerd): WebAssembly comes in as modules that
 * wrangler compiles at deployment, since workerd compiles none from bytes.
 * @example
 * import { decodeImage, loadModel } from '@hff-edge/sdk/worker';
 * const model = await loadModel(new Uint8Array(await env.MODELS.get('digits', 'arrayBuffer')));
 * const { label } = await model.classify(await decodeImage(pngBytes));
 */
import jpegModule from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import tfjsModule from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import { startTfjs } from './backend/tfjs/start-tfjs.ts';
import { TfjsBackend } from './backend/tfjs/tfjs-backend.ts';
import { type DecodeOptions, decodeImage as decode, startJpeg } from './data/decode-image.ts';
import type { PixelImage } from './data/pixel-image.ts';
import { Model } from './model.ts';

export * from './index.ts';

/** @throws HffError `snapshot/…`, `backend/unavailable` */
export async function loadModel(bytes: Uint8Array): Promise<Model> {
  await startTfjs(async () => tfjsModule);
  return Model.fromBytes(new TfjsBackend(), bytes);
}

/**
 * Pixels of a PNG or JPEG.
 * @throws HffError `input/image`, `input/too-large`
 */
export async function decodeImage(
  bytes: Uint8Array,
  options: DecodeOptions = {},
): Promise<PixelImage> {
  startJpeg(jpegModule);
  return decode(bytes, options);
}
