/** What `openModel`, `importModel` and `removeModel` of all entries do; loaded when one is first called. */
import type { Backend } from './backend/backend.ts';
import { HffError } from './error.ts';
import { modelNamePattern } from './format/model-spec.ts';
import { readSnapshot } from './format/snapshot.ts';
import { OpenedModel } from './opened-model.ts';
import { sourceBytes } from './source-bytes.ts';
import type { Store } from './store/store.ts';

export async function openStored(
  name: string,
  store: Store | undefined,
  backend: Backend,
  source?: () => Promise<Uint8Array>,
): Promise<OpenedModel> {
  checkName(name);
  checkStore(store);
  return OpenedModel.open(backend, store, name, source);
}

export async function importStored(
  source: Uint8Array | ArrayBuffer,
  store: Store | undefined,
  backend: Backend,
  name?: string,
): Promise<OpenedModel> {
  const bytes = await sourceBytes(source);
  const ownName = name ?? readSnapshot(bytes).spec.name;
  checkName(ownName);
  checkStore(store);
  return OpenedModel.import(backend, store, ownName, bytes);
}

/** A model that is open elsewhere finds that it is gone when it next learns. */
export async function removeStored(name: string, store: Store | undefined): Promise<void> {
  checkName(name);
  checkStore(store);
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

/** Stores of other platforms than browsers have to be named; without types that is easily forgotten. */
function checkStore(store: Store | undefined): asserts store is Store {
  if (store) return;
  throw new HffError(
    'option/invalid',
    'store: expected one, got none. Only browsers have one by default: hand in fileStore(folder) of @hff-edge/sdk/node, or durableObjectStore, kvStore or memoryStore of @hff-edge/sdk/stores.',
  );
}
