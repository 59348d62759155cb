import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { makePng } from '../data/make-png.ts';
import { classifyPath, post, postJson } from './post-samples.ts';
import { serveDigits } from './serve-digits.ts';

const send = serveDigits();

async function expectProblem(response: Response, status: number, code: string, detail: RegExp) {
  const problem = await response.json();
  expect(problem).toEqual({
    type: `urn:hff-edge:problem:${code}`,
    code,
    title: expect.any(String),
    status,
    detail: expect.stringMatching(detail),
  });
  expect(response.status).toBe(status);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
}

const sample = new Array<number>(784).fill(0);
const withFirst = (value: unknown) => postJson({ inputs: [[value, ...sample.slice(1)]] });
const bytes = (length: number, parameter = '') =>
  post(`application/octet-stream${parameter}`, new Uint8Array(length));

/** A PNG whose header promises more than it holds. */
const bomb = makePng({ width: 30000, height: 30000, depth: 8, colourType: 0, rows: [] });
const brokenPng = encode({ width: 28, height: 28, channels: 1, data: new Uint8Array(784) });
brokenPng.fill(7, 40);

type Case = [name: string, init: RequestInit, status: number, code: string, detail: RegExp];

describe('classify refuses', () => {
  test.each<Case>([
    ['too short a sample', postJson({ inputs: [[1, 2]] }), 422, 'input/shape', /784.*got 2/],
    ['one bad sample of many', postJson({ inputs: [sample, [1]] }), 422, 'input/shape', /input 1/],
    ['a value above the range', withFirst(256), 422, 'input/range', /0 to 255, got 256/],
    ['a value below the range', withFirst(-1), 422, 'input/range', /got -1/],
    ['a string', withFirst('0'), 400, 'request/invalid', /inputs\.0\.0: .*number/],
    ['null', withFirst(null), 400, 'request/invalid', /inputs\.0\.0: .*null/],
    ['no inputs', postJson({}), 400, 'request/invalid', /inputs/],
    ['an array', postJson([sample]), 400, 'request/invalid', /inputs/],
    [
      'one sample that is not in a batch',
      postJson({ inputs: sample }),
      400,
      'request/invalid',
      /inputs\.0: .*array/,
    ],
    ['a misspelt field', postJson({ inputs: [sample], topk: 2 }), 400, 'request/invalid', /topk/],
    [
      'a prototype field',
      post('application/json', '{"inputs":[],"__proto__":{}}'),
      400,
      'request/invalid',
      /__proto__/,
    ],
    ['NaN', post('application/json', '{"inputs":[[NaN]]}'), 400, 'request/json', /not JSON/],
    [
      'infinity',
      post('application/json', `{"inputs":[[1e999${',0'.repeat(783)}]]}`),
      422,
      'input/not-finite',
      /Infinity/,
    ],
    ['cut off JSON', post('application/json', '{"inputs":[[0,'), 400, 'request/json', /not JSON/],
    ['an empty body', post('application/json', ''), 400, 'request/json', /not JSON/],
    [
      'deep JSON',
      post('application/json', '['.repeat(5e5) + ']'.repeat(5e5)),
      400,
      'request/invalid',
      /inputs/,
    ],
    [
      'unclosed deep JSON',
      post('application/json', '[{"a":'.repeat(1e5)),
      400,
      'request/json',
      /not JSON/,
    ],
    [
      'many wrong values',
      postJson({ inputs: [new Array(2e5).fill(null)] }),
      400,
      'request/invalid',
      /^inputs\.0\.0: .{1,80}$/,
    ],
    ['an empty batch', postJson({ inputs: [] }), 422, 'request/batch', /1 to 1024 samples, got 0/],
    ['too large a batch', bytes(1025 * 784), 422, 'request/batch', /got 1025/],
    ['no bytes', bytes(0), 422, 'request/batch', /got 0/],
    ['half a sample', bytes(785), 422, 'input/shape', /multiple of 784.*got 785/],
    ['half a float sample', bytes(784 * 2, '; dtype=float32'), 422, 'input/shape', /got 392/],
    ['half a float', bytes(785, '; dtype=float32'), 400, 'request/invalid', /4 bytes/],
    ['an unknown dtype', bytes(784, ';dtype=int8'), 415, 'request/media-type', /int8/],
    [
      'NaN as float32',
      post('application/octet-stream; dtype=float32', new Float32Array(784).fill(Number.NaN)),
      422,
      'input/not-finite',
      /NaN/,
    ],
    [
      'text',
      post('text/plain', 'seven'),
      415,
      'request/media-type',
      /application\/json.*text\/plain/,
    ],
    [
      'an unnamed type',
      { method: 'POST', body: new Uint8Array(784) },
      415,
      'request/media-type',
      /none/,
    ],
    ['no body at all', { method: 'POST' }, 415, 'request/media-type', /none/],
    ['what is no image', post('image/png', 'seven'), 422, 'input/image', /PNG/],
    ['an empty image', post('image/jpeg', ''), 422, 'input/image', /JPEG/],
    ['a broken PNG', post('image/png', brokenPng), 422, 'input/image', /PNG/],
    ['a huge PNG', post('image/png', bomb), 413, 'input/too-large', /30000×30000/],
    ['topK 0', postJson({ inputs: [sample], topK: 0 }), 400, 'option/invalid', /1 to 10, got 0/],
    ['topK 11', postJson({ inputs: [sample], topK: 11 }), 400, 'option/invalid', /got 11/],
    ['topK 1.5', postJson({ inputs: [sample], topK: 1.5 }), 400, 'option/invalid', /got 1.5/],
    ['topK as text', postJson({ inputs: [sample], topK: '3' }), 400, 'request/invalid', /topK/],
    ['too long a body', bytes(1024 * 1024 + 1), 413, 'request/too-large', /1048576 bytes/],
  ])('%s', async (_, init, status, code, detail) => {
    await expectProblem(await send(classifyPath, init), status, code, detail);
  });

  test.each(['0', '11'])('?topK=%s', async (topK) => {
    const response = await send(`${classifyPath}?topK=${topK}`, bytes(784));
    await expectProblem(response, 400, 'option/invalid', /topK/);
  });

  test.each(['topK=x', 'topK=', 'topK=-1', 'topK=1&topK=2'])('?%s', async (query) => {
    const response = await send(`${classifyPath}?${query}`, bytes(784));
    await expectProblem(response, 400, 'request/invalid', /topK/);
  });

  test('too long a body that does not say its length', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 17; i++) controller.enqueue(new Uint8Array(65536));
        controller.close();
      },
    });
    const init = { ...post('application/octet-stream', body), duplex: 'half' } as RequestInit;
    const response = await send(classifyPath, init);
    await expectProblem(response, 413, 'request/too-large', /1048576 bytes/);
  });
});

test.each(['/v1/models/none', '/v1/models/constructor'])('%s is unknown', async (path) => {
  await expectProblem(await send(path), 404, 'model/unknown', /no model/);
  const response = await send(`${path}/classify`, bytes(784));
  await expectProblem(response, 404, 'model/unknown', /no model/);
});

test.each(['..%2fx', '__proto__', 'UPPER', 'a'.repeat(65), '%00', 'a%20b', '%F0%9F%98%80'])(
  'a model cannot be called %s',
  async (name) => {
    await expectProblem(await send(`/v1/models/${name}`), 400, 'request/invalid', /^name: /);
    const response = await send(`/v1/models/${name}/classify`, bytes(784));
    await expectProblem(response, 400, 'request/invalid', /^name: /);
  },
);

test.each(['/v1/', '/v1/nothing', '/v1/models/digits/nothing', '/v1/models/../x'])(
  'there is nothing at %s',
  async (path) => {
    await expectProblem(await send(path), 404, 'request/path', /nothing at/);
  },
);

test.each([
  ['PATCH', '/v1/models/digits', 'GET, HEAD, DELETE'],
  ['PUT', '/v1/models', 'GET, HEAD'],
  ['GET', classifyPath, 'POST'],
])('%s %s is not allowed', async (method, path, allowed) => {
  const response = await send(path, { method });
  expect(response.headers.get('Allow')).toBe(allowed);
  await expectProblem(response, 405, 'request/method', new RegExp(`takes ${allowed}`));
});
