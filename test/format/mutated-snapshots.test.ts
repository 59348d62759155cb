/** Hostile bytes are read correctly or refused with a code, and take no more room than they have. */
import { describe, expect, it } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import { readSnapshot, writeSnapshot } from '../../sdk/src/format/snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { bytes, refusal } from './tiny-snapshot.ts';

describe('10,000 random mutations', () => {
  it('are each read correctly or refused with a code, within the size of the file', () => {
    const random = new Random(2026);
    const outcomes = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      const mutant = mutate(bytes, random);
      let outcome: string;
      try {
        const read = readSnapshot(mutant);
        // Read correctly: writing what was read and reading it again gives the same model.
        expect(readSnapshot(writeSnapshot(read, 'float32'))).toEqual(read);
        const held = [...read.weights.values()].reduce((sum, v) => sum + v.byteLength, 0);
        expect(held).toBeLessThanOrEqual(2 * mutant.length);
        outcome = 'read';
      } catch (error) {
        if (!(error instanceof HffError)) throw error;
        outcome = error.code;
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].every((key) => key === 'read' || key.startsWith('snapshot/'))).toBe(
      true,
    );
    expect(outcomes.get('read')).toBeGreaterThan(100);
    expect(outcomes.get('snapshot/malformed')).toBeGreaterThan(1000);
    expect(outcomes.get('snapshot/inconsistent')).toBeGreaterThan(100);
  });

  it('allocates nothing that overlapping tensors only claim to hold', () => {
    const claims = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [
        `t${i}`,
        { dtype: 'F32', shape: [1e6], data_offsets: [0, 4e6] },
      ]),
    );
    const json = new TextEncoder().encode(JSON.stringify(claims));
    const file = new Uint8Array(8 + json.length + 4e6);
    new DataView(file.buffer).setUint32(0, json.length, true);
    file.set(json, 8);
    const before = process.memoryUsage().arrayBuffers;
    expect(refusal(() => readSafetensors(file)).code).toBe('snapshot/malformed');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(file.length);
  });
});

/** Flips, overwrites, cuts, inserts or repeats bytes, mostly in the header where it hurts. */
function mutate(original: Uint8Array, random: Random): Uint8Array {
  let mutant = original.slice();
  const headerEnd = 8 + new DataView(original.buffer).getUint32(0, true);
  const edits = 1 + random.integer(4);
  for (let e = 0; e < edits; e++) {
    const inHeader = random.uniform() < 0.7;
    const at = random.integer(Math.min(mutant.length, inHeader ? headerEnd : mutant.length) || 1);
    switch (random.integer(6)) {
      case 0:
        mutant[at] = (mutant[at] as number) ^ (1 << random.integer(8));
        break;
      case 1:
        mutant[at] = random.integer(256);
        break;
      case 2:
        mutant[at] = '0123456789[]{}",:-eE'.charCodeAt(random.integer(20));
        break;
      case 3:
        mutant = mutant.slice(0, random.uniform() < 0.1 ? at : mutant.length);
        break;
      case 4:
        mutant = Uint8Array.of(
          ...mutant.subarray(0, at),
          random.integer(256),
          ...mutant.subarray(at),
        );
        break;
      default:
        mutant.copyWithin(at, random.integer(mutant.length), random.integer(mutant.length));
    }
  }
  return mutant;
}
