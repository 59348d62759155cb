import { encode } from 'fast-png';
import { beforeAll, expect, test } from 'vitest';
import { decodeImage } from '../../sdk/src/data/decode-image.ts';
import { startNodeJpeg } from '../../sdk/src/data/read-image.ts';
import { loadModel, type Model, type Sample } from '../../sdk/src/node.ts';
import { gradientJpeg } from '../data/sample-images.ts';
import { mnistDigit, renderDigit } from '../support/render-digit.ts';
import { type ClassifyAnswer, classifyPath, post, postJson } from './post-samples.ts';
import { digitsPath, serveDigits } from './serve-digits.ts';

const send = serveDigits();
const digits = Array.from({ length: 10 }, (_, digit) => mnistDigit(digit, 3));
let model: Model;

beforeAll(async () => {
  model = await loadModel(digitsPath);
  await startNodeJpeg();
});

/** The Worker must say what the SDK says in Node. */
async function expectSame(response: Response, samples: readonly Sample[], topK = 5) {
  expect(response.status, await response.clone().text()).toBe(200);
  const answer = (await response.json()) as ClassifyAnswer;
  expect(answer.model).toEqual({ name: model.name, version: model.version });
  const expected = await model.classifyBatch(samples, { topK });
  // Node has relaxed SIMD, which rounds otherwise.
  const near = (value: number) => expect.closeTo(value, 4);
  expect(answer.results).toEqual(
    expected.map(({ label, scores, margin, familiarity, unknown }) => ({
      label,
      scores: scores.map((entry) => ({ label: entry.label, score: near(entry.score) })),
      margin: near(margin),
      familiarity: near(familiarity),
      unknown,
    })),
  );
  return answer.results.map(({ label }) => label);
}

test('classifies a batch in JSON', async () => {
  const inputs = digits.map((digit) => Array.from(digit));
  const labels = await expectSame(await send(classifyPath, postJson({ inputs })), digits);
  expect(labels.filter((label, digit) => label === String(digit)).length).toBeGreaterThanOrEqual(9);
});

test('classifies a batch of bytes', async () => {
  const body = Buffer.concat(digits);
  await expectSame(await send(classifyPath, post('application/octet-stream', body)), digits);
  const type = 'Application/Octet-Stream; dtype=uint8';
  await expectSame(await send(classifyPath, post(type, body)), digits);
});

test('classifies a batch of little-endian float32 values', async () => {
  const samples = digits.map((digit) => Float32Array.from(digit, (value) => value / 3));
  const body = Buffer.alloc(samples.length * 784 * 4);
  samples.forEach((sample, row) => {
    sample.forEach((value, i) => {
      body.writeFloatLE(value, (row * 784 + i) * 4);
    });
  });
  const type = 'application/octet-stream; dtype=float32';
  await expectSame(await send(classifyPath, post(type, body)), samples);
});

test('classifies a PNG of any size', async () => {
  for (const [width, height] of [
    [28, 28],
    [200, 120],
  ] as const) {
    const image = renderDigit(3, 1, width, height);
    const body = encode({ ...image, channels: 1 });
    const labels = await expectSame(await send(classifyPath, post('image/png', body)), [image]);
    expect(labels).toEqual(['3']);
  }
});

test('classifies a JPEG', async () => {
  const body = await gradientJpeg(80, 60);
  const response = await send(classifyPath, post('image/jpeg', body));
  await expectSame(response, [await decodeImage(body)]);
});

test('lists as many classes as asked for', async () => {
  const [sample] = digits as [Uint8Array];
  const inputs = [Array.from(sample)];
  for (const topK of [1, 10]) {
    await expectSame(await send(classifyPath, postJson({ inputs, topK })), [sample], topK);
    const bytes = post('application/octet-stream', sample);
    await expectSame(await send(`${classifyPath}?topK=${topK}`, bytes), [sample], topK);
  }
  const both = await send(`${classifyPath}?topK=3`, postJson({ inputs, topK: 2 }));
  await expectSame(both, [sample], 2);
});

test('takes up to 1024 samples', async () => {
  const body = new Uint8Array(1024 * 784);
  const response = await send(`${classifyPath}?topK=1`, post('application/octet-stream', body));
  expect(((await response.json()) as ClassifyAnswer).results).toHaveLength(1024);
});

test('answers requests that come at once', async () => {
  const answers = digits.map(async (digit) =>
    expectSame(await send(classifyPath, post('application/octet-stream', digit)), [digit]),
  );
  await Promise.all(answers);
});

test('says how long each part took', async () => {
  const response = await send(classifyPath, post('application/octet-stream', new Uint8Array(784)));
  const timing = response.headers.get('Server-Timing') ?? '';
  expect(timing.match(/\w+(?=;dur=)/g)).toEqual(['decode', 'load', 'classify']);
});
