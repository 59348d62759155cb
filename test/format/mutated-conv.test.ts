/** Hostile bytes of a model with convolutions are read correctly or refused with a code. */
import { expect, it } from 'vitest';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { Model } from '../../sdk/src/model.ts';
import { simdEngine, stack } from '../hff/conv-specs.ts';
import { convolved } from './conv-snapshot.ts';
import { mutate } from './mutate.ts';
import { Outcomes } from './outcomes.ts';
import { heldBytes, storages } from './tiny-snapshot.ts';

const image = Float32Array.from({ length: 9 * 8 * 3 }, (_, i) => (i * 37) % 256);

it.each(storages)('5,000 random mutations in %s', async (storage) => {
  const engine = await simdEngine(stack);
  const file = convolved(storage);
  const random = new Random(2027, storages.indexOf(storage));
  const outcomes = new Outcomes(/^(snapshot\/.*|input\/(not-finite|range|shape))$/);
  for (let i = 0; i < 5000; i++) {
    const mutant = mutate(file, random);
    await outcomes.add(async () => {
      const read = readSnapshot(mutant);
      expect(heldBytes(read)).toBeLessThanOrEqual(2 * mutant.length);
      const model = new Model(engine, read);
      expect(readSnapshot(await model.export(storage))).toEqual(read);
      try {
        const { label } = await model.classify(image);
        expect(read.spec.labels).toContain(label);
      } finally {
        model.dispose();
      }
      return 'loaded';
    });
  }
  outcomes.expectAtLeast({
    loaded: 100,
    'snapshot/malformed': 500,
    'snapshot/inconsistent': 100,
  });
});
