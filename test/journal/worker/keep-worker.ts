/**
 * Models kept in a Durable Object (`/room/…`) and in KV (`/kv/…`), as a Worker has them.
 * `POST /{where}/open` takes the model's bytes, `POST /{where}/learn?digit=8&hand=1&label=eight` answers
 * when it is stored, `GET /{where}/counts` tells what was learned.
 */
import { DurableObject } from 'cloudflare:workers';
import { durableObjectStore, kvStore } from '@hff-edge/sdk/stores';
import { type OpenedModel, openModel } from '@hff-edge/sdk/worker';
import { mnistDigit } from '../../support/render-digit.ts';

type Stores = typeof import('@hff-edge/sdk/stores');

interface Env {
  readonly MODELS: Parameters<Stores['kvStore']>[0];
  readonly ROOM: { getByName(name: string): { fetch(request: Request): Promise<Response> } };
}

export class Room extends DurableObject<Env> {
  readonly #answer = answerer(durableObjectStore(this.ctx.storage));

  fetch(request: Request): Promise<Response> {
    return this.#answer(request);
  }
}

let answerFromKv: ReturnType<typeof answerer> | undefined;

export default {
  fetch(request: Request, { ROOM, MODELS }: Env): Promise<Response> {
    if (new URL(request.url).pathname.startsWith('/room/')) {
      return ROOM.getByName('one').fetch(request);
    }
    answerFromKv ??= answerer(kvStore(MODELS));
    return answerFromKv(request);
  },
};

function answerer(store: ReturnType<typeof kvStore>): (request: Request) => Promise<Response> {
  let model: Promise<OpenedModel> | undefined;
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.endsWith('/open')) {
      const source = new Uint8Array(await request.arrayBuffer());
      model = openModel('drawn', source.length > 0 ? { store, source } : { store });
      return Response.json({ lost: (await model).lost });
    }
    if (!model) return new Response('not open', { status: 409 });
    if (pathname.endsWith('/learn')) {
      const digit = mnistDigit(Number(searchParams.get('digit')), Number(searchParams.get('hand')));
      const label = searchParams.get('label') as string;
      await (await model).learn(digit, label, { augment: false });
      return new Response('learned');
    }
    const classes = await (await model).classes();
    return Response.json(Object.fromEntries(classes.map((each) => [each.label, each.learned])));
  };
}
