/** The same knowledge in a store in two ways, and beside it raw: a thousand changes, and a snapshot. */
import { memoryStore } from '@hff-edge/sdk/stores';
import { checkLearned, type LabelledDigit, lessonLength, teach } from './lesson.ts';
import type { Platform } from './platform.ts';
import { withoutSnapshots } from './without-snapshots.ts';

export type Place = 'changes' | 'snapshot';

export interface Places {
  /** A model's file, with what it learned. */
  readonly taught: Uint8Array;
  /** Bytes of all that is there, the layers among them. */
  readonly sizes: Readonly<Record<Place, number>>;
}

const copiesAtOnce = 50;

/** Makes them in memory and copies them. */
export async function fillPlaces(
  platform: Platform,
  source: Uint8Array,
  lesson: readonly LabelledDigit[],
): Promise<Places> {
  const memory = withoutSnapshots(memoryStore());
  const model = await platform.openModel('changes', { store: memory, source });
  await teach(model, lesson);
  const taught = await model.export();
  model.dispose();
  (await platform.importModel(taught, { name: 'snapshot', store: memory })).dispose();

  const [store, raw] = [platform.store(), platform.raw()];
  const sizes = { changes: 0, snapshot: 0 };
  for (const place of ['changes', 'snapshot'] as const) {
    const copy = async (key: string): Promise<void> => {
      const bytes = (await memory.load(key)) as Uint8Array;
      await Promise.all([store.create(key, bytes), raw.put(key, bytes)]);
      sizes[place] += bytes.length;
    };
    const keys = await memory.list(`${place}/`);
    while (keys.length > 0) await Promise.all(keys.splice(0, copiesAtOnce).map(copy));
    await openAnew(platform, place);
    await readRaw(platform, place, sizes[place]);
  }
  return { taught, sizes };
}

/** @throws Error where it does not know so many samples of the lesson */
export async function openAnew(
  platform: Platform,
  name: string,
  samples: number = lessonLength,
): Promise<void> {
  const model = await platform.openModel(name, { store: platform.store() });
  await checkLearned(model, samples);
  model.dispose();
}

/** @throws Error where there are not so many bytes */
export async function readRaw(platform: Platform, place: Place, size: number): Promise<void> {
  const all = await platform.raw().read(`${place}/`);
  const length = all.reduce((sum, bytes) => sum + bytes.length, 0);
  if (length !== size) throw new Error(`${place}: expected ${size} bytes, got ${length}.`);
}
