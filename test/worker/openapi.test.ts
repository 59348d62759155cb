/** The OpenAPI document: sound, and what the API really answers. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { learnerFiles } from '../format/tiny-snapshot.ts';
import { faultOfAnswer } from './hostile/check-answer.ts';
import { addressOf, type Draft, Sender } from './hostile/request.ts';
import { serveTenants } from './hostile/serve-tenants.ts';
import { validRequest } from './hostile/valid-request.ts';

const tenants = serveTenants();
let sender: Sender;
beforeAll(() => {
  sender = new Sender(tenants().url, 1);
});
afterAll(() => sender.close());

async function ask(id: string, name: string, change: Partial<Draft> = {}) {
  const { api, kept: keys } = tenants();
  const operation = api.operation(id);
  const { scope } = operation;
  const valid = validRequest(operation, { name, scope, keys, file: learnerFiles.float32 });
  const draft = { ...valid, ...change, headers: { ...valid.headers, ...change.headers } };
  const answer = await sender.send(addressOf(operation, draft), draft);
  expect(faultOfAnswer(api, operation, answer)).toBeNull();
  return answer;
}

it('is an OpenAPI document', async () => {
  const response = await fetch(`${tenants().url}/v1/openapi.json`);
  const document = (await response.json()) as Record<string, unknown>;
  const { valid, errors } = await new Validator().validate(document);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(document.info).toMatchObject({ title: 'hff-edge HTTP API', version: '1' });
});

/** In an order in which each has what it needs. */
const cases = [
  ['health', 'digits', 200],
  ['whoAmI', 'digits', 200],
  ['listModels', 'digits', 200],
  ['describeModel', 'digits', 200],
  ['classify', 'digits', 200],
  ['learn', 'digits', 200],
  ['forget', 'digits', 409],
  ['listClasses', 'digits', 200],
  ['describeClass', 'digits', 200],
  ['sync', 'digits', 200],
  ['downloadSnapshot', 'digits', 200],
  ['renameClass', 'digits', 200],
  ['forgetClass', 'digits', 404],
  ['forgetTaught', 'digits', 200],
  ['rollback', 'digits', 404],
  ['audit', 'digits', 200],
  ['setGate', 'digits', 200],
  ['describeGate', 'digits', 200],
  ['removeGate', 'digits', 204],
  ['replaceModel', 'tiny', 200],
  ['listVersions', 'tiny', 200],
  ['removeModel', 'tiny', 204],
] as const;

describe('says what is answered to', () => {
  it.each(cases)('%s of %s: %i', async (id, name, status) => {
    expect((await ask(id, name)).status).toBe(status);
  });

  it('each operation that there is', () => {
    const ids = tenants().api.operations.map(({ id }) => id);
    expect(ids.sort()).toEqual(cases.map(([id]) => id as string).sort());
  });

  it('a part of a file, and none where the caller has it', async () => {
    const part = await ask('downloadSnapshot', 'digits', { headers: { Range: 'bytes=0-9' } });
    expect([part.status, part.bytes.length]).toEqual([206, 10]);
    const etag = part.headers.etag as string;
    const none = await ask('downloadSnapshot', 'digits', { headers: { 'If-None-Match': etag } });
    expect(none.status).toBe(304);
    const beyond = await ask('downloadSnapshot', 'digits', {
      headers: { Range: 'bytes=99999999-' },
    });
    expect(beyond.status).toBe(416);
    expect(beyond.headers['content-range']).toMatch(/^bytes \*\/\d+$/);
    expect(JSON.parse(beyond.bytes.toString()).code).toBe('request/range');
  });
});

it.each(['%', '%zz', '%ED%A0%80'])('an address with %s is refused', async (label) => {
  expect((await ask('describeClass', 'digits', { params: { name: 'digits', label } })).status).toBe(
    400,
  );
  expect((await ask('learn', 'digits', { query: `label=${label}` })).status).toBe(400);
});
