/**
 * Requests made from the OpenAPI document and spoilt: each is answered as the document says, and none
 * that is refused changes anything. What might be accepted goes to a tenant whose models may change.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random } from '../../sdk/src/hff/random.ts';
import { learnerFiles } from '../format/tiny-snapshot.ts';
import type { Operation } from './hostile/api-document.ts';
import { type Attack, oneOf } from './hostile/attack.ts';
import { bodyAttacks } from './hostile/attack-bodies.ts';
import { headerAttacks } from './hostile/attack-headers.ts';
import { imageAttacks } from './hostile/attack-images.ts';
import { jsonAttacks } from './hostile/attack-json.ts';
import { multipartAttacks } from './hostile/attack-multipart.ts';
import { parameterAttacks } from './hostile/attack-parameters.ts';
import { faultOfAnswer } from './hostile/check-answer.ts';
import { addressOf, type Draft, Sender } from './hostile/request.ts';
import { serveTenants } from './hostile/serve-tenants.ts';
import { validRequest } from './hostile/valid-request.ts';

const count = 10_000;
/** Most of a request's time is waiting, where other work takes the processor too. */
const parallel = 64;
const seed = 2026;

const attacks: readonly Attack[] = [
  ...parameterAttacks,
  ...headerAttacks,
  ...jsonAttacks,
  ...imageAttacks,
  ...bodyAttacks,
  ...multipartAttacks,
];

const tenants = serveTenants();
let sender: Sender;
beforeAll(() => {
  sender = new Sender(tenants().url, parallel);
});
afterAll(() => sender.close());

function chosen(operation: Operation, random: Random): Attack {
  const fitting = attacks.filter((attack) => attack.fits(operation));
  const total = fitting.reduce((sum, { weight = 1 }) => sum + weight, 0);
  let left = random.uniform() * total;
  return fitting.find(({ weight = 1 }) => {
    left -= weight;
    return left < 0;
  }) as Attack;
}

/** The i-th request: its draft, and what is known of it. */
function hostile(i: number) {
  const { api, kept, spoilt } = tenants();
  const random = new Random(seed, i);
  const operation = api.operations[i % api.operations.length] as Operation;
  const attack = chosen(operation, random);
  const { scope } = operation;
  const file = learnerFiles.int8;
  const draft = validRequest(operation, { name: 'digits', scope, keys: kept, file });
  const {
    isCertain,
    leadsAway = false,
    ...change
  } = attack.spoil({
    api,
    operation,
    draft,
    keys: kept,
    random,
  });
  const request: Draft = { ...draft, ...change };
  const mayChange = !isCertain && (leadsAway || operation.method !== 'GET');
  return { operation, attack, isCertain, leadsAway, request: mayChange ? elsewhere() : request };

  /** The same by the other tenant's key, for one of several models. */
  function elsewhere(): Draft {
    const Authorization = spoilt[scope].bearer;
    const isWhole = request.params.name === 'digits';
    const name = isWhole ? oneOf(random, ['digits', 'one', 'two']) : undefined;
    return {
      ...request,
      headers: { ...request.headers, Authorization },
      params: { ...request.params, ...(name && { name }) },
    };
  }
}

/** Of the tenant whose model is kept, as it is at this moment. */
async function answerOf(id: string, least = 0): Promise<unknown> {
  const { api, kept: keys } = tenants();
  const operation = api.operation(id);
  const { scope } = operation;
  const options = { name: 'digits', scope, keys, file: new Uint8Array() };
  const valid = validRequest(operation, options);
  const draft = { ...valid, headers: { ...valid.headers, 'X-Min-Version': String(least) } };
  const { status, bytes } = await sender.send(addressOf(operation, draft), draft);
  expect(status).toBe(200);
  return JSON.parse(bytes.toString());
}

async function state() {
  const classes = (await answerOf('listClasses')) as { model: { version: number } };
  const decision = await answerOf('classify', classes.model.version);
  return { classes, decision, audit: await answerOf('audit') };
}

it(`answers ${count} hostile requests as documented, and keeps what it knows`, async () => {
  await answerOf('learn');
  const before = await state();
  const faults: unknown[] = [];
  const seen = new Map<string, number>();
  const see = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  let next = 0;
  await Promise.all(Array.from({ length: parallel }, work));
  const problem = JSON.stringify(Object.fromEntries([...seen].sort()));
  expect(faults.slice(0, 20), problem).toEqual([]);
  expect(await state()).toEqual(before);
  for (const { name } of attacks) expect(seen.get(name), name).toBeGreaterThan(0);
  for (const status of [200, 204, 206, 400, 401, 403, 404, 405, 409, 413, 415, 416, 422]) {
    expect(seen.get(String(status)), `${status}`).toBeGreaterThan(4);
  }

  async function work(): Promise<void> {
    while (next < count) {
      const i = next++;
      const { operation, attack, isCertain, leadsAway, request } = hostile(i);
      const address = addressOf(operation, request);
      const fault = await sender.send(address, request).then(
        (answer) => {
          see(String(answer.status));
          see(attack.name);
          if (isCertain && answer.status < 400) return `It was accepted: ${answer.status}.`;
          const { api } = tenants();
          // Where the address leads to another operation, or to none, any may have answered.
          const possible = leadsAway ? api.operations : [operation];
          const found = possible.map((each) => faultOfAnswer(api, each, answer));
          return found.includes(null) ? null : found.join(' ').slice(0, 200);
        },
        (error: Error) => `It failed: ${error.message}`,
      );
      if (fault === null) continue;
      const sent = request.body ? Buffer.from(request.body).toString('latin1').slice(0, 200) : '';
      const { method } = request;
      faults.push({ i, attack: attack.name, method, address: address.slice(0, 200), sent, fault });
    }
  }
}, 300_000);
