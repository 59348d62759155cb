/**
 * Runs cases of the contract in workerd: `/kv/{case}` and `/room/{case}`, where the case is `write` or
 * `check` for what must last. Answers why it failed; nothing where it did not.
 */
import { DurableObject } from 'cloudflare:workers';
import { durableObjectStore } from '../../../sdk/src/store/durable-object-store.ts';
import { type KvNamespace, kvStore } from '../../../sdk/src/store/kv-store.ts';
import { memoryStore } from '../../../sdk/src/store/memory-store.ts';
import type { Store } from '../../../sdk/src/store/store.ts';
import { type Ground, runCase } from '../contract.ts';
import { checkLasting, writeLasting } from '../lasting.ts';
import { kvCases } from './kv-cases.ts';
import { roomCases } from './room-cases.ts';

interface Env {
  readonly HERE: KvNamespace;
  readonly THERE: KvNamespace;
  readonly ROOMS: { getByName(name: string): Room };
}

/** A Durable Object with a store, for each place of each case. */
export class Room extends DurableObject<Env> implements Store {
  readonly #store: Store = durableObjectStore(this.ctx.storage);

  run(name: string, other: string): Promise<string> {
    const there = this.env.ROOMS.getByName(other);
    const open: Ground['open'] = async (place) =>
      place === 'here' ? durableObjectStore(this.ctx.storage) : there;
    const own = roomCases[name];
    return failure(own ? own(this.ctx.storage) : runOrLast(name, { open }));
  }

  load(key: string): Promise<Uint8Array | null> {
    return this.#store.load(key);
  }

  create(key: string, bytes: Uint8Array): Promise<boolean> {
    return this.#store.create(key, bytes);
  }

  list(prefix: string): Promise<string[]> {
    return this.#store.list(prefix);
  }

  remove(key: string): Promise<void> {
    return this.#store.remove(key);
  }
}

export default {
  async fetch(request: Request, { HERE, THERE, ROOMS }: Env): Promise<Response> {
    const [, driver, name] = new URL(request.url).pathname.split('/').map(decodeURIComponent);
    const each = name as string;
    if (driver === 'room') {
      // One object for both halves of what must last, a new one for each case.
      const room = each === 'write' || each === 'check' ? 'lasting' : each;
      return new Response(await ROOMS.getByName(room).run(each, `${room}, there`));
    }
    if (driver === 'memory') {
      const places = { here: memoryStore(), there: memoryStore() };
      return new Response(await failure(runCase(each, { open: async (place) => places[place] })));
    }
    const places = { here: HERE, there: THERE };
    if (each !== 'check') await Promise.all([clear(HERE), clear(THERE)]);
    const open: Ground['open'] = async (place) => kvStore(places[place]);
    const own = kvCases[each];
    return new Response(await failure(own ? own(HERE) : runOrLast(each, { open })));
  },
};

async function runOrLast(name: string, ground: Ground): Promise<void> {
  if (name === 'write') return writeLasting(await ground.open('here'));
  if (name === 'check') return checkLasting(await ground.open('here'));
  return runCase(name, ground);
}

function failure(run: Promise<void>): Promise<string> {
  return run.then(
    () => '',
    (error) => String(error.stack),
  );
}

async function clear(namespace: KvNamespace): Promise<void> {
  const store = kvStore(namespace);
  for (const key of await store.list('')) await store.remove(key);
}
