/** JSON that is none, or is not what the operation takes. */
import type { Random } from '../../../sdk/src/hff/random.ts';
import { type Attack, oneOf, type Spoilt, type Target, takes } from './attack.ts';
import { oddTexts } from './odd-texts.ts';
import { jsonBodyOf } from './valid-request.ts';

const deep = 10_000;

/** Stands for text that `JSON.stringify` would not write. */
const mark = '\u0001raw\u0001';
const rawTexts = [
  'NaN',
  'Infinity',
  '-Infinity',
  'undefined',
  '1e999',
  '-1e999',
  '1e308',
  '5e-324',
  '9007199254740993',
  '123456789012345678901234567890',
  '0x10',
  '01',
  '.5',
  '-0',
  '"\\ud800"',
  '"\\u0000"',
  '"\\x41"',
  "'a'",
  '{"__proto__":{"inputs":[]}}',
  '{"constructor":{"prototype":{}}}',
  '['.repeat(deep) + ']'.repeat(deep),
  `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
  '['.repeat(deep),
];

const values: readonly unknown[] = [null, true, false, 0, -1, 0.5, 256, 1e9, [], {}, [[]], [{}]];

function oddValue(random: Random): unknown {
  const kind = random.integer(3);
  if (kind === 0) return oneOf(random, oddTexts);
  return kind === 1 ? mark : oneOf(random, values);
}

/** Changes, removes, adds or repeats something at a random place. */
function mutate(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.uniform() < 0.15) {
    return oddValue(random);
  }
  if (Array.isArray(value)) {
    const at = random.integer(value.length + 1);
    const edits = [
      () => value.with(Math.min(at, value.length - 1), mutate(random, value[at] ?? value[0])),
      () => value.toSpliced(at, 1),
      () => value.toSpliced(at, 0, oddValue(random)),
      () => [...value, ...value],
      () => value.slice(0, at),
    ];
    return value.length === 0 ? [oddValue(random)] : oneOf(random, edits)();
  }
  const entries = Object.entries(value);
  const [key, held] = oneOf(random, entries);
  const others = entries.filter(([name]) => name !== key);
  const edits = [
    () => [...others, [key, mutate(random, held)]],
    () => [...others, [key, mutate(random, held)]],
    () => others,
    () => [...entries, [oneOf(random, oddTexts), oddValue(random)]],
    () => [...others, [key.toUpperCase(), held]],
  ];
  return Object.fromEntries(oneOf(random, edits)());
}

/** Certain where it is no JSON, or not of the schema. */
function spoiltBy(text: string, { api, operation, draft }: Target): Spoilt {
  const { schema = {} } = operation.bodies['application/json'] ?? {};
  const headers = { ...draft.headers, 'Content-Type': 'application/json' };
  return { headers, body: Buffer.from(text), isCertain: !isValid() };

  function isValid(): boolean {
    try {
      // Reading a body as text takes one byte order mark away.
      return api.faultOf(schema, JSON.parse(text.replace(/^\ufeff/, ''))) === null;
    } catch {
      return false;
    }
  }
}

export const jsonAttacks: readonly Attack[] = [
  {
    name: 'mutated JSON',
    weight: 6,
    fits: takes('application/json'),
    spoil(target) {
      const { random, operation } = target;
      const mutant = JSON.stringify(mutate(random, jsonBodyOf(operation))) ?? '';
      const written = JSON.stringify(mark);
      return spoiltBy(mutant.split(written).join(oneOf(random, rawTexts)), target);
    },
  },
  {
    name: 'damaged JSON text',
    weight: 2,
    fits: takes('application/json'),
    spoil(target) {
      const { random, operation } = target;
      const text = JSON.stringify(jsonBodyOf(operation));
      const at = random.integer(text.length);
      const edits = [
        () => text.slice(0, at),
        () => text.slice(at),
        () => `${text}${text}`,
        () => `\ufeff${text}`,
        () =>
          text.slice(0, at) +
          oneOf(random, ['\u0000', '"', '}', ']', ',', '\\', '//', '\ufffd']) +
          text.slice(at),
        () => text.replaceAll('"', "'"),
        () => `${' '.repeat(random.integer(5000))}${oneOf(random, rawTexts)}`,
        () => '',
      ];
      return spoiltBy(oneOf(random, edits)(), target);
    },
  },
];
