/** Stores of which some values are damaged or gone: what is whole counts, what is not is named. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { type OpenedModel, openModel } from '../../sdk/src/node.ts';
import { mutate } from '../format/mutate.ts';
import { Outcomes } from '../format/outcomes.ts';
import { startEngine } from '../format/start-engine.ts';
import { sealed } from './sealed.ts';
import {
  name,
  remainsOf,
  sampleOf,
  source,
  storeOf,
  type TaughtStore,
  taughtStore,
} from './taught-stores.ts';

let backend: Backend;
let stores: TaughtStore[];

beforeAll(async () => {
  backend = await startEngine();
  const odd = ['__proto__', 'constructor', 'hasOwnProperty', 'ü', 'fünf', 'six'];
  stores = [
    await taughtStore(backend, odd),
    await taughtStore(backend, [
      'one',
      '__proto__',
      'three',
      null,
      'constructor',
      'six',
      'toString',
    ]),
    await taughtStore(backend, [...odd, 'seven', 'eight', 'nine', 'ten'], [3, 7]),
  ];
});

/** Some of the values changed or gone; `repair` is for entries that are changed. */
function damaged(
  { values }: TaughtStore,
  random: Random,
  repair = (bytes: Uint8Array): Uint8Array => bytes,
): Map<string, Uint8Array> {
  const now = new Map(values);
  const keys = [...now.keys()];
  const count = 1 + random.integer(3);
  for (let i = 0; i < count; i++) {
    const key = keys[random.integer(keys.length)] as string;
    const bytes = now.get(key);
    if (!bytes || random.uniform() < 0.3) now.delete(key);
    else if (key.includes('/base/')) now.set(key, mutate(bytes, random));
    else now.set(key, repair(mutate(bytes, random, 200)));
  }
  return now;
}

async function learned(model: OpenedModel): Promise<Set<string>> {
  const classes = await model.classes();
  return new Set(classes.filter(({ learned }) => learned > 0).map(({ label }) => label));
}

describe('5,000 stores with values damaged or gone', () => {
  it('open with all that is whole, and name what is lost; or are refused with a code', async () => {
    const random = new Random(2030);
    const outcomes = new Outcomes(/^store\/damaged$/);
    for (let i = 0; i < 5000; i++) {
      const taught = stores[i % stores.length] as TaughtStore;
      const now = damaged(taught, random);
      const { labels, lost, begins, hasLayers } = remainsOf(taught, now);
      const store = await storeOf(now);
      const hasSource = random.uniform() < 0.5;
      await outcomes.add(async () => {
        const opening = openModel(name, { store, backend, ...(hasSource ? { source } : {}) });
        if (!begins || !(hasLayers || hasSource)) {
          await opening;
          return 'opened without anything to begin with';
        }
        const model = await opening.catch((cause) => {
          throw new Error('It could have been opened.', { cause });
        });
        expect(await learned(model)).toEqual(labels);
        expect(model.lost).toEqual(lost);
        await model.learn(sampleOf(50), 'later');
        model.dispose();
        const again = await openModel(name, { store, backend });
        expect(again.lost).toEqual([]);
        expect(await learned(again)).toEqual(new Set([...labels, 'later']));
        again.dispose();
        return lost.length > 0 ? 'opened, less what is lost' : 'opened, whole';
      });
    }
    expect(outcomes.counts.has('opened without anything to begin with')).toBe(false);
    outcomes.expectAtLeast({
      'opened, whole': 500,
      'opened, less what is lost': 500,
      'store/damaged': 500,
    });
  }, 180_000);
});

describe('5,000 stores with values forged', () => {
  it('open, the same again the next time, or are refused with a code', async () => {
    const random = new Random(2031);
    const outcomes = new Outcomes(/^(store|snapshot|learn)\/|^data\/not-found$/);
    for (let i = 0; i < 5000; i++) {
      const now = damaged(stores[i % stores.length] as TaughtStore, random, sealed);
      const store = await storeOf(now);
      await outcomes.add(async () => {
        const model = await openModel(name, { store, backend });
        const [classes, known] = [await model.classes(), await model.changesSince()];
        const { lost } = model;
        model.dispose();
        const again = await openModel(name, { store, backend });
        expect(await again.classes()).toEqual(classes);
        expect(Buffer.compare(await again.changesSince(), known)).toBe(0);
        await again.learn(sampleOf(50), 'later');
        again.dispose();
        const later = await openModel(name, { store, backend });
        expect(await learned(later)).toContain('later');
        later.dispose();
        return lost.length > 0 ? 'opened, less what is lost' : 'opened';
      });
    }
    outcomes.expectAtLeast({ opened: 500, 'learn/malformed': 50, 'snapshot/malformed': 500 });
  }, 180_000);
});
