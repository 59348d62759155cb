/**
 * A trial on KV in the Worker (`/kv/…`) and one on a Durable Object's database in the object
 * (`/room/…`). `begin` takes the model; `report` and each action are asked for by their names.
 * `/room/stay` is never answered.
 */
import { DurableObject } from 'cloudflare:workers';
import { durableObjectStore, kvStore } from '@hff-edge/sdk/stores';
import { importModel, loadModel, openModel } from '@hff-edge/sdk/worker';
import type { KvNamespace } from '../../../sdk/src/store/kv-store.ts';
import type { Action } from '../actions.ts';
import type { Platform } from '../platform.ts';
import { rawKv } from '../raw/kv.ts';
import { rawSql } from '../raw/sql.ts';
import { Trial } from '../trial.ts';

interface Env {
  readonly KEPT: KvNamespace;
  readonly RAW: KvNamespace;
  readonly ROOMS: { getByName(name: string): Room };
}

const models = { loadModel, openModel, importModel };

/** A trial that is asked by messages. */
class AskedTrial {
  readonly #platform: Platform;
  #trial: Trial | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** @returns a report, or nothing */
  async ask(what: string, source: Uint8Array): Promise<string> {
    if (what === 'begin') {
      this.#trial = await Trial.begin(this.#platform, source);
      return '';
    }
    if (!this.#trial) throw new Error(`${what}: no trial has begun, or workerd has dropped it.`);
    if (what === 'report') return JSON.stringify(await this.#trial.report());
    await this.#trial.run(what as Action);
    return '';
  }
}

export class Room extends DurableObject<Env> {
  readonly #trial = new AskedTrial({
    ...models,
    store: () => durableObjectStore(this.ctx.storage),
    raw: () => rawSql(this.ctx.storage),
  });

  ask(what: string, source: Uint8Array): Promise<string> {
    return what === 'stay' ? stay() : this.#trial.ask(what, source);
  }
}

/** workerd drops an object, with all that it has in memory, right after a request of ten seconds. */
async function stay(): Promise<never> {
  for (;;) await new Promise((resolve) => setTimeout(resolve, 1000));
}

let inKv: AskedTrial | undefined;

export default {
  async fetch(request: Request, { KEPT, RAW, ROOMS }: Env): Promise<Response> {
    const [, where, what] = new URL(request.url).pathname.split('/').map(decodeURIComponent);
    inKv ??= new AskedTrial({ ...models, store: () => kvStore(KEPT), raw: () => rawKv(RAW) });
    const trial = where === 'kv' ? inKv : ROOMS.getByName('room');
    try {
      const body = new Uint8Array(await request.arrayBuffer());
      return new Response(await trial.ask(what as string, body));
    } catch (error) {
      return new Response(String((error as Error).stack), { status: 500 });
    }
  },
};
