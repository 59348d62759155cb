/** A crash after any operation of the store loses nothing that was acknowledged, and shows no half. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { type Model, type OpenedModel, openModel } from '../../sdk/src/node.ts';
import type { Store } from '../../sdk/src/stores.ts';
import { answers, drawnModel, expectSameAnswers } from '../model/drawn-model.ts';
import { lessons } from './lessons.ts';
import { type RecordedStore, recordedStore } from './recorded-store.ts';

const steps = 200;

/** All that is known, canonical. */
async function knowledge(model: Model): Promise<string> {
  return Buffer.from(await model.changesSince()).toString('base64');
}

let source: Uint8Array;
let store: RecordedStore;
/** What was known after each step, the first before any. */
const known: string[] = [];
/** Operations of the store by the time each step was acknowledged. */
const lengths: number[] = [];

async function reopened(past: Store): Promise<OpenedModel> {
  return openModel('drawn', { store: past, source });
}

beforeAll(async () => {
  const plain = await drawnModel();
  source = await plain.export();
  const other = await drawnModel();
  store = recordedStore();
  const model = await openModel('drawn', { store, source });
  known.push(await knowledge(model));
  lengths.push(store.length);
  for (const lesson of lessons(steps, other)) {
    await lesson(model);
    known.push(await knowledge(model));
    lengths.push(store.length);
  }
  await model.flush();
});

describe('a crash after any operation of the store', () => {
  it('leaves what was acknowledged, and of what was not all or nothing', async () => {
    expect(store.length).toBeGreaterThan(steps);
    for (let length = 0; length <= store.length; length++) {
      const model = await reopened(await store.at(length));
      const acknowledged = lengths.findLastIndex((own) => own <= length);
      const now = await knowledge(model);
      const step = Math.max(acknowledged, 0);
      // Bits of sums are those of the order in which rows came.
      expect([known[step], known[step + 1]]).toContain(now);
      model.dispose();
    }
  });

  it('in the middle of one leaves all that was acknowledged before, and says what is torn', async () => {
    const random = new Random(12);
    let torn = 0;
    for (let length = 1; length <= store.length; length++) {
      const past = await store.at(length, random.integer(40));
      const model = await reopened(past);
      const acknowledged = lengths.findLastIndex((own) => own < length);
      const step = Math.max(acknowledged, 0);
      expect([known[step], known[step + 1]]).toContain(await knowledge(model));
      expect(model.lost.length).toBeLessThanOrEqual(1);
      torn += model.lost.length;
      model.dispose();
    }
    expect(torn).toBeGreaterThan(steps / 2);
  });

  it('leaves snapshots that old entries went into', async () => {
    const keys = await store.list('drawn/');
    expect(keys.filter((key) => key.includes('/snapshot/')).length).toBeGreaterThan(0);
    expect(keys).not.toContain('drawn/log/000000000000');
  });

  it('leaves the same decisions', async () => {
    const model = await openModel('drawn', { store });
    const again = await openModel('drawn', { store: await store.at(store.length) });
    expectSameAnswers(await answers(again), await answers(model), 1e-12);
    model.dispose();
    again.dispose();
  });
});
