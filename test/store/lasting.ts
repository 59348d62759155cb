/** What is created must be there after the page, process or Worker has ended and begun anew. */
import type { Store } from '../../sdk/src/store/store.ts';
import { equal, sameBytes, someBytes } from './assertions.ts';

export async function writeLasting(store: Store): Promise<void> {
  await store.create('kept/empty', someBytes(0));
  await store.create('kept/small', someBytes(100));
  await store.create('kept/large', someBytes(5_000_000));
  await store.create('gone', someBytes(1));
  await store.remove('gone');
}

export async function checkLasting(store: Store): Promise<void> {
  equal(await store.list(''), ['kept/empty', 'kept/large', 'kept/small'], 'list');
  sameBytes(await store.load('kept/empty'), someBytes(0), 'empty');
  sameBytes(await store.load('kept/small'), someBytes(100), 'small');
  sameBytes(await store.load('kept/large'), someBytes(5_000_000), 'large');
  equal(await store.create('kept/small', someBytes(2)), false, 'create');
}
