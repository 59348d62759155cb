/** Hostile bytes for entries of a journal: damaged ones are told, sound ones read correctly. */
import { describe, expect, it } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { type Entry, readEntry, writeEntry } from '../../sdk/src/journal/entry.ts';
import { mutate } from '../format/mutate.ts';
import { damage } from '../format/mutate-json.ts';
import { Outcomes } from '../format/outcomes.ts';
import { sealed } from './sealed.ts';

const key = 'digits/log/000000000007';
const base = { key: 'digits/base/000000000003-abc', checksum: 123_456 };
const start = {
  kind: 'snapshot',
  base,
  origin: { ...base, key: 'digits/base/000000000000-__proto__' },
  replica: 'constructor',
} as const;
const entries: readonly Entry[] = [
  { ...start, changes: new Uint8Array() },
  { ...start, changes: Uint8Array.from({ length: 100 }, (_, i) => i) },
  { kind: 'changes', changes: Uint8Array.from({ length: 60 }, (_, i) => 255 - i) },
];
const seeds = entries.map(writeEntry);

function headEnd(entry: Uint8Array): number {
  return 12 + new DataView(entry.buffer).getUint32(8, true);
}

/** With changes to the JSON of its head, lengths put right. */
function withOtherHead(original: Uint8Array, random: Random): Uint8Array {
  const end = headEnd(original);
  const head = JSON.parse(new TextDecoder().decode(original.subarray(12, end)));
  const root = { head };
  damage(root, random);
  const json = new TextEncoder().encode(JSON.stringify(root.head) ?? '');
  const bytes = new Uint8Array(12 + json.length + original.length - end);
  bytes.set(original.subarray(0, 12));
  new DataView(bytes.buffer).setUint32(8, json.length, true);
  bytes.set(json, 12);
  bytes.set(original.subarray(end), 12 + json.length);
  return bytes;
}

const seedAt = (i: number): Uint8Array => seeds[i % seeds.length] as Uint8Array;

it('10,000 random mutations are all seen to be damaged', () => {
  const random = new Random(2028);
  for (let i = 0; i < 10_000; i++) {
    const mutant = mutate(seedAt(i), random, headEnd(seedAt(i)));
    const isSame = Buffer.compare(mutant, seedAt(i)) === 0;
    expect(readEntry(mutant, key)).toEqual(isSame ? entries[i % entries.length] : null);
  }
});

describe('10,000 random mutations with their checksums put right', () => {
  it('are told to be damaged, refused with a code, or read correctly', async () => {
    const random = new Random(2029);
    const outcomes = new Outcomes(/^snapshot\/version$/);
    for (let i = 0; i < 10_000; i++) {
      const seed = seedAt(i);
      const mutant = sealed(
        random.uniform() < 0.5 ? mutate(seed, random, headEnd(seed)) : withOtherHead(seed, random),
      );
      await outcomes.add(() => {
        const entry = readEntry(mutant, key);
        if (!entry) return 'damaged';
        expectReadAs(entry, mutant);
        return entry.kind;
      });
    }
    outcomes.expectAtLeast({ damaged: 1000, snapshot: 500, changes: 500, 'snapshot/version': 10 });
  }, 180_000);
});

/** It is what the bytes say, no longer than they are, and safe to follow. */
function expectReadAs(entry: Entry, bytes: Uint8Array): void {
  const { changes, ...head } = entry;
  const said = JSON.parse(new TextDecoder().decode(bytes.subarray(12, headEnd(bytes))));
  expect(said).toMatchObject(head);
  expect(Buffer.compare(changes, bytes.subarray(headEnd(bytes), -4))).toBe(0);
  expect(readEntry(writeEntry(entry), key)).toEqual(entry);
  if (entry.kind === 'changes') return;
  expect(entry.replica).toMatch(/^[\w-]{1,64}$/);
  for (const reference of [entry.base, entry.origin]) {
    expect(reference.key).toMatch(/^digits\/base\/\d{12}-[\w-]{1,64}$/);
  }
}

describe('an entry', () => {
  const start = entries[0] as Extract<Entry, { kind: 'snapshot' }>;
  const heads: readonly [string, Partial<typeof start>][] = [
    ['without a name', { replica: '' }],
    ['of a replica as none can be named', { replica: 'a b' }],
    ['on a model of another name', { base: { ...base, key: 'other/base/000000000000-abc' } }],
    ['on what no store has', { base: { ...base, key: '../digits/base/000000000000-abc' } }],
    ['that came from what is no model', { origin: { ...base, key: 'digits/log/000000000001' } }],
    ['without a checksum of its base', { base: { ...base, checksum: 0.5 } }],
  ];
  it.each(heads)('%s is damaged', (_, part) => {
    expect(readEntry(writeEntry({ ...start, ...part }), key)).toBeNull();
  });

  it('of a newer version is refused, with its key', () => {
    const bytes = seeds[2]?.slice() as Uint8Array;
    bytes[4] = 2;
    expect(() => readEntry(sealed(bytes), key)).toThrow(HffError);
    expect(() => readEntry(sealed(bytes), key)).toThrow(/000000000007.*the entry has 2\. Update/);
  });

  it('comes back as it was', () => {
    expect(seeds.map((bytes) => readEntry(bytes, key))).toEqual(entries);
  });
});
