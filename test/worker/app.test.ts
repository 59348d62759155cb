import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadModel } from '../../sdk/src/node.ts';
import { classifyPath, post } from './post-samples.ts';
import { digitsPath, serveDigits } from './serve-digits.ts';

const send = serveDigits();

test('is healthy', async () => {
  const response = await send('/healthz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
});

test('lists models', async () => {
  const response = await send('/v1/models');
  const { size: sizeBytes } = await stat(digitsPath);
  const { version } = await loadModel(digitsPath);
  expect(await response.json()).toEqual({ models: [{ name: 'digits', version, sizeBytes }] });
});

test('describes a model', async () => {
  const response = await send('/v1/models/digits');
  const { size: sizeBytes } = await stat(digitsPath);
  const { spec, parameterCount } = await loadModel(digitsPath);
  expect(await response.json()).toEqual({ ...spec, parameterCount, sizeBytes });
});

test('answers HEAD without a body', async () => {
  const response = await send('/v1/models/digits', { method: 'HEAD' });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
});

test('lets pages of any origin ask', async () => {
  const preflight = await send(classifyPath, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://page.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(preflight.headers.get('Access-Control-Allow-Methods')).toContain('POST');
  expect(preflight.headers.get('Access-Control-Allow-Headers')).toBe('content-type');

  const origin = { Origin: 'https://page.example' };
  const init = post('application/octet-stream', new Uint8Array(784));
  const response = await send(classifyPath, { ...init, headers: { ...init.headers, ...origin } });
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(response.headers.get('Access-Control-Expose-Headers')).toContain('Server-Timing');
  const refused = await send('/v1/models/none', { headers: origin });
  expect(refused.status).toBe(404);
  expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('*');
});

test('sends secure headers', async () => {
  const { headers } = await send('/v1/models');
  expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(headers.get('Strict-Transport-Security')).toContain('max-age=');
});

test('names each request', async () => {
  const first = await send('/healthz');
  const second = await send('/healthz');
  expect(first.headers.get('X-Request-Id')).toMatch(/^[\w-]{36}$/);
  expect(second.headers.get('X-Request-Id')).not.toBe(first.headers.get('X-Request-Id'));
  const named = await send('/healthz', { headers: { 'X-Request-Id': 'mine-1' } });
  expect(named.headers.get('X-Request-Id')).toBe('mine-1');
});

test('serves the page beside the API', async () => {
  for (const path of ['/', '/some/page']) {
    const response = await send(path, { headers: { Accept: 'text/html' } });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Page</title>');
  }
});
