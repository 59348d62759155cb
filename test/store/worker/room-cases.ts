/** What is so of Durable Objects only. */
import {
  type DurableStorage,
  durableObjectStore,
} from '../../../sdk/src/store/durable-object-store.ts';
import { equal, refused, sameBytes, someBytes } from '../assertions.ts';

type Storage = DurableStorage & { deleteAll(): Promise<void> };

export const roomCases: Record<string, (storage: Storage) => Promise<void>> = {
  async 'writes other things with a key, or neither'(storage) {
    storage.sql.exec('CREATE TABLE other (key TEXT)');
    const others = (): unknown => storage.sql.exec('SELECT key FROM other').toArray();
    let isBroken = false;
    const store = durableObjectStore(storage, {
      onCreate(key) {
        storage.sql.exec('INSERT INTO other VALUES (?)', key);
        if (isBroken) throw new Error('broken');
      },
    });
    equal(await store.create('a', someBytes(10)), true, 'create');
    equal(await store.create('a', someBytes(10)), false, 'taken');
    isBroken = true;
    await refused(store.create('b', someBytes(10)), 'store/unavailable', 'broken');
    equal([others(), await store.list('')], [[{ key: 'a' }], ['a']], 'after');
  },

  async 'leaves other tables alone, and begins anew when all are deleted'(storage) {
    storage.sql.exec('CREATE TABLE other (key TEXT)');
    storage.sql.exec('INSERT INTO other VALUES (?)', 'a');
    const store = durableObjectStore(storage);
    equal(await store.create('a', someBytes(10)), true, 'create');
    equal(storage.sql.exec('SELECT key FROM other').toArray(), [{ key: 'a' }], 'other');
    await storage.deleteAll();
    equal([await store.load('a'), await store.list('')], [null, []], 'after');
    equal(await store.create('a', someBytes(20)), true, 'create again');
    sameBytes(await store.load('a'), someBytes(20), 'load');
  },

  async 'takes up no more than what is there, and nothing for a key that is taken'(storage) {
    const store = durableObjectStore(storage);
    const rows = (): unknown =>
      storage.sql
        .exec('SELECT count(*) AS rows, max(length(bytes)) AS most FROM hff_edge_store')
        .toArray()[0];
    await store.create('a', someBytes(2_500_000));
    await store.create('a', someBytes(9_000_000));
    equal(rows(), { rows: 3, most: 1_000_000 }, 'rows');
    await store.remove('a');
    equal(rows(), { rows: 0, most: null }, 'rows');
  },

  async 'writes nothing where a part finds no room'(storage) {
    const store = durableObjectStore(storage);
    await store.create('kept', someBytes(1_500_000));
    for (const [message, code] of [
      ['database or disk is full: SQLITE_FULL', 'store/full'],
      ['disk I/O error: SQLITE_IOERR', 'store/unavailable'],
    ] as const) {
      // A trigger is the nearest thing to a limit that can be set here: it fails at the third row.
      storage.sql.exec(
        `CREATE TRIGGER no_room BEFORE INSERT ON hff_edge_store WHEN NEW.part = 2
         BEGIN SELECT RAISE(ABORT, '${message}'); END`,
      );
      await refused(store.create('more', someBytes(2_500_000)), code, message);
      storage.sql.exec('DROP TRIGGER no_room');
      equal([await store.load('more'), await store.list('')], [null, ['kept']], 'after');
    }
    sameBytes(await store.load('kept'), someBytes(1_500_000), 'kept');
    equal(await store.create('more', someBytes(2_500_000)), true, 'create');
  },
};
