/** Hostile bytes for a model that carries what it learned: read correctly, or refused with a code. */
import { describe, expect, it } from 'vitest';
import { readSnapshot, type Snapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { Model } from '../../sdk/src/model.ts';
import { described, namedIn, sameTensors } from './described.ts';
import { mutate } from './mutate.ts';
import { mutateJson } from './mutate-json.ts';
import { Outcomes } from './outcomes.ts';
import { startEngine } from './start-engine.ts';
import { learnedOn, oddLearner } from './tiny-learned.ts';
import { heldBytes, storages } from './tiny-snapshot.ts';

const sample = Array.from({ length: 12 }, (_, i) => 20 * i);
const engine = await startEngine();

describe.each(storages)('5,000 random mutations of a model that learned, in %s', (storage) => {
  const snapshot = oddLearner(storage);
  const learned = learnedOn(snapshot);
  const file = writeSnapshot({ ...snapshot, learned });

  /** Damage to the whole, to its description, or within what was learned, around which all is sound. */
  function damaged(random: Random): Uint8Array {
    const kind = random.integer(8);
    if (kind < 3) return mutate(file, random);
    if (kind < 4) return mutateJson(file, 'model', random);
    const inner = kind < 6 ? mutate(learned, random) : mutateJson(learned, 'changes', random);
    return writeSnapshot({ ...snapshot, learned: inner });
  }

  it('are each read correctly or refused with a code', async () => {
    const random = new Random(2027, storages.indexOf(storage));
    const outcomes = new Outcomes(
      /^(snapshot\/.*|learn\/(malformed|foreign|no-statistics|no-classes)|input\/(not-finite|shape|range))$/,
    );
    for (let i = 0; i < 5000; i++) {
      const mutant = damaged(random);
      await outcomes.add(async () => {
        const read = readSnapshot(mutant);
        expect(heldBytes(read)).toBeLessThanOrEqual(2 * mutant.length);
        expect(sameTensors(writeSnapshot(read), mutant)).toBe(true);
        expect(described(mutant, 'model')).toMatchObject(read.spec);
        const model = await Model.load(engine, read);
        try {
          await expectKnown(model, read);
          await expectSameAgain(model);
          await model.classify(sample);
          await model.learn(sample, 'new');
          const { scores } = await model.classify(sample);
          expect(scores.map(({ label }) => label)).toContain('new');
          return 'learned on';
        } finally {
          model.dispose();
        }
      });
    }
    outcomes.expectAtLeast({
      'learned on': 500,
      'snapshot/malformed': 1000,
      'snapshot/inconsistent': 200,
      'learn/malformed': 500,
      'learn/foreign': 20,
    });
  }, 180_000);
});

/** No class but those that the file names. */
async function expectKnown(model: Model, { spec, learned }: Snapshot): Promise<void> {
  const named = learned?.length ? [...namedIn(learned, 'changes')] : [];
  const ofIds = named.map((id) => id.slice(id.indexOf(':') + 1));
  const known = [...spec.labels, ...named, ...ofIds];
  for (const { label } of await model.classes()) expect(known).toContain(label);
}

async function expectSameAgain(model: Model): Promise<void> {
  const again = await Model.load(engine, await model.export());
  expect(await again.classes()).toEqual(await model.classes());
  const [ours, theirs] = [await model.changesSince(), await again.changesSince()];
  expect(Buffer.compare(ours, theirs)).toBe(0);
  again.dispose();
}
