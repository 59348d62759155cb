/** What a safetensors file says of itself, read without looking through it. */
import { headerEndOf } from './mutate.ts';

interface Header {
  readonly __metadata__: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

function headerOf(file: Uint8Array): Header {
  return JSON.parse(new TextDecoder().decode(file.subarray(8, headerEndOf(file))));
}

/** The JSON under a key of the metadata. */
export function described(file: Uint8Array, key: string): unknown {
  return JSON.parse(headerOf(file).__metadata__[key] as string);
}

/** Every text in the JSON under a key of the metadata: names after reading must be among them. */
export function namedIn(file: Uint8Array, key: string): Set<string> {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(described(file, key));
  return texts;
}

/** Whether two files hold the same tensors, be they in another order or under another header. */
export function sameTensors(a: Uint8Array, b: Uint8Array): boolean {
  const [ours, theirs] = [tensorBytes(a), tensorBytes(b)];
  return (
    ours.size === theirs.size &&
    [...ours].every(([name, bytes]) => {
      const other = theirs.get(name);
      return other !== undefined && Buffer.compare(bytes, other) === 0;
    })
  );
}

/** Bytes of each tensor, by its name. */
function tensorBytes(file: Uint8Array): Map<string, Uint8Array> {
  const { __metadata__, ...tensors } = headerOf(file);
  const data = file.subarray(headerEndOf(file));
  return new Map(
    Object.entries(tensors).map(([name, tensor]) => {
      const [start, end] = (tensor as { data_offsets: [number, number] }).data_offsets;
      return [name, data.subarray(start, end)];
    }),
  );
}
