/** Hostile bytes are read correctly or refused with a code, and take no more room than they have. */
import { describe, expect, it } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import { readSnapshot, type Snapshot } from '../../sdk/src/format/snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { Model } from '../../sdk/src/model.ts';
import { startEngine } from './start-engine.ts';
import { arraysOf, files, learnerFiles, refusal, storages } from './tiny-snapshot.ts';

const sample = Array.from({ length: 12 }, (_, i) => 20 * i);

const kinds = storages.flatMap((storage) => [
  { storage, kind: 'plain', file: files[storage] },
  { storage, kind: 'learning', file: learnerFiles[storage] },
]);

describe.each(kinds)(
  '10,000 random mutations of a $kind model in $storage',
  ({ storage, file }) => {
    it('are each read correctly or refused with a code, within the size of the file', async () => {
      const engine = await startEngine();
      const random = new Random(2026, storages.indexOf(storage));
      const outcomes = new Map<string, number>();
      const seen = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      for (let i = 0; i < 10_000; i++) {
        const mutant = mutate(file, random);
        try {
          const read = readSnapshot(mutant);
          expect(heldBytes(read)).toBeLessThanOrEqual(2 * mutant.length);
          seen('read');
          const model = new Model(engine, read);
          // Loaded correctly: what the engine has is what the file had.
          expect(readSnapshot(await model.export(storage))).toEqual(read);
          if (allows(read, sample)) {
            const { label } = await model.classify(sample);
            expect(read.spec.labels).toContain(label);
            if (read.spec.statistics) await expectToLearn(model);
          }
          model.dispose();
          seen('loaded');
        } catch (error) {
          if (!(error instanceof HffError)) throw error;
          seen(error.code);
        }
      }
      const codes = [...outcomes.keys()].filter((outcome) => outcome.includes('/'));
      // Mutated weights, means and deviations may be sound, and too large for the sample.
      const refused = (code: string) =>
        code.startsWith('snapshot/') || code === 'input/not-finite' || code === 'learn/malformed';
      expect(codes.filter((code) => !refused(code))).toEqual([]);
      expect(outcomes.get('loaded')).toBeGreaterThan(100);
      expect(outcomes.get('snapshot/malformed')).toBeGreaterThan(1000);
      expect(outcomes.get('snapshot/inconsistent')).toBeGreaterThan(100);
      expect(outcomes.get('snapshot/not-finite')).toBeGreaterThan(10);
    });
  },
);

describe('a header that claims much', () => {
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

/** What a model learns it knows, however odd its statistics are, or it refuses with a code. */
async function expectToLearn(model: Model): Promise<void> {
  await model.learn(sample, 'new');
  const { scores } = await model.classify(sample);
  expect(scores.map(({ label }) => label)).toContain('new');
  expect(scores.every(({ score }) => Number.isFinite(score))).toBe(true);
}

/** Bytes of all weights, views and copies alike. */
function heldBytes({ weights }: Snapshot): number {
  const arrays = [...weights.values()].flatMap(arraysOf);
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Whether a model with such an input takes these values; mutations may have changed it. */
function allows({ spec: { input } }: Snapshot, values: readonly number[]): boolean {
  const [least, most] = input.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const length = input.width * input.height * input.channels;
  return values.length === length && values.every((value) => value >= least && value <= most);
}

/** Flips, overwrites, cuts, inserts or repeats bytes of the header or of the numbers. */
function mutate(original: Uint8Array, random: Random): Uint8Array {
  let mutant = original.slice();
  const headerEnd = 8 + new DataView(original.buffer).getUint32(0, true);
  const start = random.uniform() < 0.6 ? 0 : headerEnd;
  const edits = 1 + random.integer(4);
  for (let e = 0; e < edits; e++) {
    const end = Math.min(mutant.length, start === 0 ? headerEnd : mutant.length);
    const at = start + random.integer(Math.max(1, end - start));
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
