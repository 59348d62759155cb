/** Bodies of the wrong kind, length or size. */
import { learnerFiles } from '../../format/tiny-snapshot.ts';
import { type Attack, oneOf, takes, takesBody } from './attack.ts';
import { damaged } from './damaged-bytes.ts';
import { oddTexts } from './odd-texts.ts';

const mediaTypes = [
  '',
  'text/plain',
  'text/html',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/jsonx',
  'application/json5',
  'image/gif',
  'image/svg+xml',
  'image/webp',
  'image/png/x',
  '*/*',
  ';',
  'application/octet-stream;dtype=int8',
  'application/octet-stream; dtype=float64',
  'application/octet-stream; dtype=',
];

const samples = takes('image/png');

const floats = (fill: number) => new Uint8Array(new Float32Array(784).fill(fill).buffer);

/** What no model file can be, mostly by its first bytes. */
const noModels: readonly Uint8Array[] = [
  new Uint8Array(8).fill(255),
  new Uint8Array(8),
  new Uint8Array(7),
  new Uint8Array(1000),
  Buffer.from('{}'),
  Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{}')]),
  Buffer.concat([Buffer.from([0, 0, 1, 0, 0, 0, 0, 0]), Buffer.from('['.repeat(65_536))]),
  Buffer.concat([Buffer.from([255, 255, 255, 255, 255, 255, 31, 0]), Buffer.from('{}')]),
];

export const bodyAttacks: readonly Attack[] = [
  {
    name: 'wrong media type',
    weight: 2,
    fits: samples,
    spoil: ({ random, draft }) => ({
      headers: { ...draft.headers, 'Content-Type': oneOf(random, mediaTypes) },
      isCertain: true,
    }),
  },
  {
    name: 'one type, the body of another',
    fits: takesBody,
    spoil({ random, draft }) {
      const types = ['application/json', 'image/png', 'image/jpeg', ...mediaTypes];
      const bodies = [draft.body, Buffer.from(oneOf(random, oddTexts)), new Uint8Array(784)];
      const headers = { ...draft.headers, 'Content-Type': oneOf(random, types) };
      return { headers, body: oneOf(random, bodies), isCertain: false };
    },
  },
  {
    name: 'no body',
    fits: takesBody,
    spoil: () => ({ body: null, isCertain: true }),
  },
  {
    name: 'raw values of a wrong length',
    weight: 2,
    fits: samples,
    spoil({ random, draft }) {
      const body = new Uint8Array(random.integer(4000));
      const isFloat = random.uniform() < 0.5;
      const type = `application/octet-stream${isFloat ? ';dtype=float32' : ''}`;
      const isCertain = body.length % (isFloat ? 4 * 784 : 784) !== 0 || body.length === 0;
      return {
        headers: { ...draft.headers, 'Content-Type': type },
        query: 'label=7',
        body,
        isCertain,
      };
    },
  },
  {
    name: 'raw values that are no numbers',
    fits: samples,
    spoil({ random, draft }) {
      const odd = [Number.NaN, Infinity, -Infinity, -1, 256, 3e38, -3e38];
      const headers = {
        ...draft.headers,
        'Content-Type': 'application/octet-stream;dtype=float32',
      };
      return { headers, query: 'label=7', body: floats(oneOf(random, odd)), isCertain: true };
    },
  },
  {
    name: 'too large a body',
    weight: 0.1,
    fits: (operation) => takesBody(operation) && !isLarge(operation.id),
    spoil: ({ random }) => ({
      body: new Uint8Array(2 ** 20 + 1 + random.integer(2 ** 18)),
      chunked: random.uniform() < 0.5,
      isCertain: true,
    }),
  },
  {
    name: 'too large a model',
    weight: 0.3,
    fits: ({ id }) => isLarge(id),
    spoil: ({ random }) => ({
      body: new Uint8Array(24 * 2 ** 20 + 1),
      chunked: random.uniform() < 0.5,
      isCertain: true,
    }),
  },
  {
    name: 'a valid body in chunks of no said length',
    fits: takesBody,
    spoil: () => ({ chunked: true, isCertain: false }),
  },
  {
    name: 'damaged model',
    weight: 20,
    fits: ({ id }) => id === 'replaceModel',
    spoil: ({ random }) => ({
      body: damaged(oneOf(random, Object.values(learnerFiles)), random),
      isCertain: false,
    }),
  },
  {
    name: 'what is no model',
    weight: 2,
    fits: ({ id }) => id === 'replaceModel',
    spoil: ({ random }) => ({ body: oneOf(random, noModels), isCertain: true }),
  },
];

const isLarge = (id: string): boolean => id === 'sync' || id === 'replaceModel';
