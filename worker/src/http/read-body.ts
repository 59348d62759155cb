/**
 * From the request's bytes to what they say, by media type. Whether it fits a model is not asked
 * here: see read-samples.ts.
 */
import type { PixelImage } from '@hff-edge/sdk/worker';
import { decodeImage } from '@hff-edge/sdk/worker-images';
import * as v from 'valibot';
import { Problem } from './problem.ts';
import { invalidRequest } from './reject-issues.ts';

/** Keeps a decoded image within an isolate's memory. */
const maxPixels = 2048 * 2048;

/** What JSON bodies with samples have in common. */
type JsonSchema = v.GenericSchema<unknown, { readonly inputs: number[][] }>;

export type Samples =
  | { readonly type: 'json'; readonly inputs: number[][] }
  | { readonly type: 'image'; readonly image: PixelImage }
  | { readonly type: 'numbers'; readonly values: Uint8Array | Float32Array };

/** Samples, and in JSON what else the schema has. */
export type Body<Json> = { readonly samples: Samples; readonly json: Json | null };

/**
 * @throws Problem `request/json`, `request/invalid`, `request/media-type`
 * @throws HffError `input/image`, `input/too-large`, `input/shape`
 */
export async function readBody<Schema extends JsonSchema>(
  request: Request,
  schema: Schema,
): Promise<Body<v.InferOutput<Schema>>> {
  const [mediaType = '', ...parameters] = (request.headers.get('Content-Type') ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  switch (mediaType) {
    case 'application/json': {
      const json = parseJson(await request.text(), schema);
      return { samples: { type: 'json', inputs: json.inputs }, json };
    }
    case 'image/png':
    case 'image/jpeg': {
      const bytes = new Uint8Array(await request.arrayBuffer());
      const image = await decodeImage(bytes, { maxPixels });
      return { samples: { type: 'image', image }, json: null };
    }
    case 'application/octet-stream': {
      const values = readNumbers(await request.arrayBuffer(), parameters);
      return { samples: { type: 'numbers', values }, json: null };
    }
    default:
      throw new Problem(
        'request/media-type',
        `Content-Type: expected application/json, image/png, image/jpeg or application/octet-stream, got ${mediaType || 'none'}.`,
      );
  }
}

/** @throws Problem `request/json`, `request/invalid` */
export function parseJson<Schema extends v.GenericSchema>(
  text: string,
  schema: Schema,
): v.InferOutput<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Problem('request/json', `The body is not JSON: ${(cause as SyntaxError).message}.`);
  }
  const { success, output, issues } = v.safeParse(schema, json, { abortEarly: true });
  if (!success) throw invalidRequest(issues);
  return output;
}

/** `dtype` must be said for float32, since each length of float32 samples is one of uint8 too. */
function readNumbers(bytes: ArrayBuffer, parameters: string[]): Uint8Array | Float32Array {
  const dtype = parameters.find((parameter) => parameter.startsWith('dtype='))?.slice(6) ?? 'uint8';
  if (dtype === 'uint8') return new Uint8Array(bytes);
  if (dtype !== 'float32') {
    throw new Problem(
      'request/media-type',
      `Content-Type: expected dtype=uint8 or dtype=float32, got dtype=${dtype}.`,
    );
  }
  if (bytes.byteLength % 4 !== 0) {
    throw new Problem(
      'request/invalid',
      `The body: expected float32 values of 4 bytes each, got ${bytes.byteLength} bytes.`,
    );
  }
  // A Float32Array has the platform's byte order, and that of WebAssembly's hosts is little-endian.
  return new Float32Array(bytes);
}
