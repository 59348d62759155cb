/** Multipart bodies of every wrong kind, and what devices would never bring. */
import { loadModel } from '../../../sdk/src/node.ts';
import { mnistDigit } from '../../support/render-digit.ts';
import { digitsPath } from '../serve-digits.ts';
import { type Attack, oneOf, type Target } from './attack.ts';
import { damaged } from './damaged-bytes.ts';
import { oddTexts } from './odd-texts.ts';
import { boundary, multipart } from './valid-request.ts';

const isSync = ({ id }: Target['operation']): boolean => id === 'sync';

const versions = [
  '',
  'null',
  '[]',
  '7',
  '"{}"',
  '{',
  '{"":1}',
  '{"a b":1}',
  `{"${'x'.repeat(65)}":1}`,
  '{"a":-1}',
  '{"a":1.5}',
  '{"a":1e999}',
  '{"a":9007199254740993}',
  '{"a":"1"}',
  '{"a":null}',
  '{"a":{}}',
  '{"a":1}{',
  '['.repeat(10_000),
];

/** What a device really brings. */
async function learnedChanges(): Promise<Uint8Array> {
  const model = await loadModel(digitsPath);
  await model.learn(Array.from(mnistDigit(3, 70_003)), 'brought');
  const bytes = await model.changesSince();
  model.dispose();
  return bytes;
}

const changes = await learnedChanges();
const good = multipart([['versions', '{}']]);

const bodies = (random: Target['random']): readonly Uint8Array[] => [
  new Uint8Array(),
  Buffer.from(`--${boundary}--`),
  Buffer.from(`--${boundary}`),
  Buffer.from(`--${boundary}\r\n\r\n--${boundary}--\r\n`),
  Buffer.from(`--${boundary}\r\nContent-Disposition: form-data\r\n\r\n{}\r\n--${boundary}--\r\n`),
  Buffer.from(`--${boundary}\r\nContent-Disposition: attachment; name="versions"\r\n\r\n{}`),
  Buffer.from('{"versions":{}}'),
  good.subarray(0, random.integer(good.length - 6)),
  multipart([['Versions', '{}']]),
  multipart([['changes', new Uint8Array(10)]]),
];

/** In multipart: not certain to be refused where a part is too many, or is text. */
const accepted = (random: Target['random']): readonly Uint8Array[] => [
  multipart([
    ['versions', '{}'],
    ['versions', '{'],
  ]),
  multipart([
    ['versions', '{}'],
    ['changes', oneOf(random, oddTexts)],
  ]),
  multipart([
    ['versions', '{}'],
    ['changes', new Uint8Array(random.integer(3000))],
  ]),
  multipart([['versions', Buffer.from('{}')]]),
  multipart([['versions', '{}'], ...oddTexts.slice(0, 20).map((text) => [text, text] as const)]),
  multipart([['versions', '{"constructor":1,"toString":2,"__proto__":{}}']]),
  damaged(good, random),
  Buffer.concat([Buffer.from('preamble\r\n'), good, Buffer.from('epilogue')]),
];

export const multipartAttacks: readonly Attack[] = [
  {
    name: 'multipart of a wrong kind',
    weight: 3,
    fits: isSync,
    spoil: ({ random }) => ({ body: oneOf(random, bodies(random)), isCertain: true }),
  },
  {
    name: 'odd versions',
    weight: 2,
    fits: isSync,
    spoil: ({ random }) => ({
      body: multipart([['versions', oneOf(random, versions)]]),
      isCertain: true,
    }),
  },
  {
    name: 'odd multipart',
    weight: 3,
    fits: isSync,
    spoil: ({ random }) => ({ body: oneOf(random, accepted(random)), isCertain: false }),
  },
  {
    name: 'damaged changes',
    weight: 3,
    fits: isSync,
    spoil: ({ random }) => ({
      body: multipart([
        ['versions', '{}'],
        ['changes', damaged(changes, random)],
      ]),
      isCertain: false,
    }),
  },
  {
    name: 'multipart by another name',
    weight: 2,
    fits: isSync,
    spoil({ random, draft }) {
      const types = [
        'multipart/form-data',
        'multipart/form-data; boundary=other',
        'multipart/form-data; boundary=',
        `multipart/mixed; boundary=${boundary}`,
        `text/plain; boundary=${boundary}`,
        'application/json',
        '',
      ];
      const headers = { ...draft.headers, 'Content-Type': oneOf(random, types) };
      return { headers, isCertain: true };
    },
  },
];
