/** What today's readers say of the files here, as plain data that JSON can hold. */
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import { type Entry, readEntry } from '../../sdk/src/journal/entry.ts';
import type { ClassTotal } from '../../sdk/src/learn/class-totals.ts';
import { LearnedState } from '../../sdk/src/learn/learned-state.ts';
import type { ClassCount } from '../../sdk/src/learn/teacher.ts';
import { Model } from '../../sdk/src/model.ts';
import { openModel } from '../../sdk/src/node.ts';
import { memoryStore } from '../../sdk/src/stores.ts';

/** Name of the model in the store here. */
export const storedName = 'tiny';

/** Key under which an entry here would lie. */
const storedKey = 'tiny/log/000000000001';

/** Labels of the base, which files of changes do not tell. */
export const base = ['a', 'b', 'ü'];

/** What the models here are asked: of each class of the base at least one is taken for it. */
export const samples: readonly (readonly number[])[] = [13, 135, 110].map((step) =>
  Array.from({ length: 12 }, (_, i) => (step * (i * i + 31)) % 256),
);

interface Decision {
  readonly label: string;
  readonly scores: readonly [label: string, score: number][];
  readonly margin: number;
  readonly familiarity: number;
  readonly unknown: boolean;
}

async function decide(model: Model): Promise<Decision[]> {
  const decisions = await model.classifyBatch(samples);
  return decisions.map(({ scores, ...rest }) => ({
    ...rest,
    scores: scores.map(({ label, score }) => [label, score]),
  }));
}

interface Classes {
  readonly classes: readonly ClassCount[];
  readonly decisions: readonly Decision[];
}

export async function readModel(
  bytes: Uint8Array,
  backend: Backend,
): Promise<Classes & Pick<Model, 'name' | 'version' | 'labels'>> {
  const model = await Model.load(backend, bytes);
  const { name, version, labels } = model;
  const told = {
    name,
    version,
    labels,
    classes: await model.classes(),
    decisions: await decide(model),
  };
  model.dispose();
  return told;
}

interface Learned {
  readonly fingerprint: string;
  readonly dimension: number;
  readonly versions: readonly [replica: string, version: number][];
  readonly classes: readonly (Omit<ClassTotal, 'sum'> & { readonly sum: readonly number[] })[];
}

export function readLearned(bytes: Uint8Array): Learned {
  const changes = readChanges(bytes);
  const { fingerprint, dimension } = changes;
  const state = new LearnedState({ fingerprint, dimension, replica: 'reader', base });
  state.take(changes);
  const classes = state.classes().map(({ sum, ...total }) => ({ ...total, sum: [...sum] }));
  return { fingerprint, dimension, versions: Object.entries(state.versions()), classes };
}

type ToldEntry = Omit<Entry, 'changes'> & { readonly changes: Learned | null };

export function readJournalEntry(bytes: Uint8Array): ToldEntry | null {
  const entry = readEntry(bytes, storedKey);
  if (!entry) return null;
  const { changes, ...head } = entry;
  return { ...head, changes: changes.length > 0 ? readLearned(changes) : null };
}

/** @param values by key, in base64 */
export async function readStore(
  values: Readonly<Record<string, string>>,
  backend: Backend,
): Promise<Classes & { readonly lost: readonly string[] }> {
  const store = memoryStore();
  for (const [key, value] of Object.entries(values)) {
    await store.create(key, new Uint8Array(Buffer.from(value, 'base64')));
  }
  const model = await openModel(storedName, { store, backend });
  const { lost } = model;
  const told = { lost, classes: await model.classes(), decisions: await decide(model) };
  model.dispose();
  return told;
}
