/** Random damage to the JSON within a file, the same for the same seed: it gets past the container. */
import type { Random } from '../../sdk/src/hff/random.ts';
import { headerEndOf } from './mutate.ts';

/** Written as JSON, each could be where another value is expected. */
const oddities: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1,
  2,
  0.5,
  1e21,
  2 ** 53,
  Number.MAX_SAFE_INTEGER,
  '',
  'x',
  '\ud800',
  '__proto__',
  '1:__proto__',
  'constructor',
  'hasOwnProperty',
  'x'.repeat(300),
  [],
  {},
  [[[]]],
];

/**
 * A safetensors file after one to three changes to the JSON in its metadata, or to its header, whose
 * length is put right.
 * @param key of the metadata
 */
export function mutateJson(original: Uint8Array, key: string, random: Random): Uint8Array {
  const end = headerEndOf(original);
  const header = JSON.parse(new TextDecoder().decode(original.subarray(8, end)));
  const root = { value: JSON.parse(header.__metadata__[key]) };
  const edits = 1 + random.integer(3);
  for (let e = 0; e < edits; e++) damage(random.uniform() < 0.9 ? root : header, random);
  if (typeof header.__metadata__ === 'object' && header.__metadata__ !== null) {
    header.__metadata__[key] = JSON.stringify(root.value) ?? '';
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const mutant = new Uint8Array(8 + headerBytes + original.length - end).fill(0x20);
  const view = new DataView(mutant.buffer);
  view.setUint32(0, headerBytes, true);
  view.setUint32(4, 0);
  mutant.set(json, 8);
  mutant.set(original.subarray(end), 8 + headerBytes);
  return mutant;
}

interface Slot {
  readonly holder: object;
  readonly key: string;
}

function slotsOf(holder: object): Slot[] {
  return Object.keys(holder).flatMap((key) => {
    const value: unknown = Reflect.get(holder, key);
    const inner = typeof value === 'object' && value !== null ? slotsOf(value) : [];
    return [{ holder, key }, ...inner];
  });
}

/** Puts an oddity, another part of the same JSON, or nothing in the place of a random part. */
export function damage(root: object, random: Random): void {
  const slots = slotsOf(root);
  const pick = (): Slot | undefined => slots[random.integer(slots.length)];
  const [one, other] = [pick(), pick()];
  if (!one || !other) return;
  const put = (value: unknown): void => {
    Object.defineProperty(one.holder, one.key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  };
  const there: unknown = Reflect.get(one.holder, one.key);
  switch (random.integer(6)) {
    case 0:
      put(oddities[random.integer(oddities.length)]);
      break;
    case 1:
      put(structuredClone(Reflect.get(other.holder, other.key)));
      break;
    case 2:
      if (Array.isArray(one.holder)) one.holder.splice(Number(one.key), 1);
      else Reflect.deleteProperty(one.holder, one.key);
      break;
    case 3:
      if (Array.isArray(one.holder)) one.holder.push(structuredClone(there));
      else put([there]);
      break;
    case 4:
      if (typeof there === 'number') put(there + random.integer(5) - 2);
      break;
    default:
      Object.defineProperty(
        one.holder,
        ['__proto__', 'constructor', 'extra'][random.integer(3)] as string,
        {
          value: { polluted: true },
          enumerable: true,
          configurable: true,
          writable: true,
        },
      );
  }
}
