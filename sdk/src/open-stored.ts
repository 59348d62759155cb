/** What `openModel`, `importModel` and `removeModel` of all entries do; loaded when one is first called. */
import type { Backend } from './backend/backend.ts';
import { HffError } from './error.ts';
import { modelNamePattern } from './format/model-spec.ts';
import { readSnapshot } from './format/snapshot.ts';
import { OpenedModel } from './opened-model.ts';
import type { Store } from './store/store.ts';

export async function openStored(
  name: string,
  store: Store,
  backend: Backend,
  source?: () => Promise<Uint8Array>,
): Promise<OpenedModel> {
  checkName(name);
  return OpenedModel.open(backend, store, name, source);
}

export async function importStored(
  bytes: Uint8Array,
  store: Store,
  backend: Backend,
  name: string = readSnapshot(bytes).spec.name,
): Promise<OpenedModel> {
  checkName(name);
  return OpenedModel.import(backend, store, name, bytes);
}

/** A model that is open elsewhere finds that it is gone when it next learns. */
export async function removeStored(name: string, store: Store): Promise<void> {
  checkName(name);
  const run = async (): Promise<void> => {
    // The log first: what is left of a removal that was cut off is the model as it was at a snapshot.
    const keys = await store.list(`${name}/`);
    const isLog = (key: string): boolean => key.startsWith(`${name}/log/`);
    for (const key of keys.filter(isLog)) await store.remove(key);
    for (const key of keys.filter((key) => !isLog(key)).reverse()) await store.remove(key);
  };
  await (store.exclusive ? store.exclusive(name, run) : run());
}

function checkName(name: string): void {
  if (modelNamePattern.test(name)) return;
  throw new HffError(
    'option/invalid',
    `name: expected ${modelNamePattern}, got ${String(name).slice(0, 80)}.`,
  );
}
