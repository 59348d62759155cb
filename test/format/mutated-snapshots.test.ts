/** Hostile bytes are read correctly or refused with a code, and take no more room than they have. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import { readSnapshot, type Snapshot } from '../../sdk/src/format/snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { Model } from '../../sdk/src/model.ts';
import { mutate } from './mutate.ts';
import { Outcomes } from './outcomes.ts';
import { startEngine } from './start-engine.ts';
import { files, heldBytes, learnerFiles, refusal, storages } from './tiny-snapshot.ts';

const sample = Array.from({ length: 12 }, (_, i) => 20 * i);

const given = new Uint8Array(
  await readFile(new URL('../golden/numpy/given.safetensors', import.meta.url)),
);

const kinds = [
  ...storages.flatMap((storage) => [
    { storage, kind: 'plain', file: files[storage] },
    { storage, kind: 'learning', file: learnerFiles[storage] },
  ]),
  { storage: 'float32', kind: 'given', file: given } as const,
];

describe.each(kinds)(
  '10,000 random mutations of a $kind model in $storage',
  ({ storage, kind, file }) => {
    it('are each read correctly or refused with a code, within the size of the file', async () => {
      const engine = await startEngine();
      const random = new Random(2026, storages.indexOf(storage));
      // Mutated weights, means and deviations may be sound, and too large for the sample.
      const outcomes = new Outcomes(/^(snapshot\/.*|input\/not-finite|learn\/malformed)$/);
      for (let i = 0; i < 10_000; i++) {
        const mutant = mutate(file, random);
        await outcomes.add(async () => {
          const read = readSnapshot(mutant);
          expect(heldBytes(read)).toBeLessThanOrEqual(2 * mutant.length);
          const model = new Model(engine, read);
          // Loaded correctly: what the engine has is what the file had.
          expect(readSnapshot(await model.export(storage))).toEqual(read);
          if (allows(read, sample)) {
            const { label } = await model.classify(sample);
            expect(read.spec.labels).toContain(label);
            if (read.spec.statistics) await expectToLearn(model);
          }
          model.dispose();
          return 'loaded';
        });
      }
      outcomes.expectAtLeast({
        loaded: 100,
        'snapshot/malformed': 1000,
        'snapshot/inconsistent': 100,
        // A model without layers has hardly any numbers that are looked at when it is loaded.
        'snapshot/not-finite': kind === 'given' ? 1 : 10,
      });
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

/** Whether a model with such an input takes these values; mutations may have changed it. */
function allows({ spec: { input } }: Snapshot, values: readonly number[]): boolean {
  const [least, most] = input.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const length = input.width * input.height * input.channels;
  return values.length === length && values.every((value) => value >= least && value <= most);
}
