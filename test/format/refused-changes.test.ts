/** What a file of changes may not say, each refused with a code, in no time and no room. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import { readSafetensors } from '../../sdk/src/format/read-safetensors.ts';
import type { StoredTensor } from '../../sdk/src/format/safetensors.ts';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import { writeSafetensors } from '../../sdk/src/format/write-safetensors.ts';
import type { Changes } from '../../sdk/src/learn/changes.ts';
import { startState } from '../learn/learned-states.ts';
import { tinyChanges } from './tiny-changes.ts';
import { refusal } from './tiny-snapshot.ts';

interface Description {
  readonly names: unknown[][];
  readonly tombstones: unknown[][];
  readonly revoked: unknown[][];
  readonly replicas: { cells: Record<string, unknown>[] }[];
}

const base = ['__proto__', 'constructor', 'ü'];
const everything = writeChanges(tinyChanges({ fingerprint: 'model-1', dimension: 3 }, base));

/** The file after an edit of its description and tensors. */
function edited(
  edit: (description: Description, tensors: Map<string, StoredTensor>) => unknown,
): Uint8Array {
  const { metadata, tensors } = readSafetensors(everything);
  const description = JSON.parse(metadata.get('changes') as string);
  const own = new Map(tensors);
  edit(description, own);
  return writeSafetensors({
    metadata: new Map([...metadata, ['changes', JSON.stringify(description)]]),
    tensors: own,
  });
}

const firstCell = ({ replicas }: Description): Record<string, unknown> =>
  replicas[0]?.cells[0] as Record<string, unknown>;
const rowsOf = (tensors: Map<string, StoredTensor>): StoredTensor =>
  tensors.get('rows') as StoredTensor;
const claim = { length: 1e9 };

const cases: [string, Parameters<typeof edited>[0]][] = [
  ['an id in a list', (d) => Object.assign(firstCell(d), { id: ['1:folded'] })],
  ['two names of one id', ({ names }) => names[0]?.push(names[0][1])],
  ['two tombstones of one id', ({ tombstones }) => tombstones[0]?.push(tombstones[0][1])],
  ['two stamps of one revoked', ({ revoked }) => revoked[0]?.push(revoked[0][1])],
  ['a tensor that is none of its own', (_, t) => t.set('other', rowsOf(t))],
  ['a tensor of nothing that is none of its own', (_, t) => t.set('more', none(1))],
  ['rows of three dimensions', (_, t) => t.set('rows', { ...rowsOf(t), shape: [4, 3, 2] })],
  ['rows in one line', (_, t) => t.set('rows', { ...rowsOf(t), shape: [24] })],
  ['sums in float32', (_, t) => t.set('sums', { shape: [1, 3], values: new Float32Array(3) })],
  ['a row too many', (_, t) => t.set('rows', { shape: [9, 3], values: new Float32Array(27) })],
  ['a number of rows that is text', (d) => Object.assign(firstCell(d), { plusAt: 'x' })],
  ['a billion rows', (d) => Object.assign(firstCell(d), { plusAt: claim })],
  [
    'a billion rows of no length',
    ({ replicas }, t) => {
      for (const { cells } of replicas) for (const cell of cells) cell.plusAt = claim;
      t.set('rows', none(2));
    },
  ],
];

function none(rank: number): StoredTensor {
  return { shape: new Array(rank).fill(0), values: new Float32Array() };
}

it.each(cases)('refuses %s', (_, edit) => {
  expect(refusal(() => readChanges(edited(edit))).code).toBe('learn/malformed');
});

it('takes the same file without an edit', () => {
  expect(readChanges(edited(() => {}))).toEqual(readChanges(everything));
});

it.each(['[', '{"a":'])('refuses a hundred thousand times %s', (open) => {
  const { metadata, tensors } = readSafetensors(everything);
  const close = open === '[' ? ']' : '}';
  const json = `${open.repeat(1e5)}1${close.repeat(1e5)}`;
  const file = writeSafetensors({ metadata: new Map([...metadata, ['changes', json]]), tensors });
  expect(refusal(() => readChanges(file)).code).toBe('learn/malformed');
});

describe('thousands of changes, each after a gap', () => {
  const row = Float32Array.of(1, 0, 2);
  const count = 4000;

  /** Every other change, each of a class of its own. */
  function part(from: number): Changes['replicas'][number] {
    const version = 2 * from + 2;
    const cell = {
      id: `1:${from}`,
      generation: 0,
      isWhole: false,
      moments: { plus: [row], minus: [], folded: undefined },
      plusAt: [version],
      minusAt: [],
      reshapedAt: 0,
    };
    return { replica: 'other', since: version - 1, version, cells: [cell] };
  }

  it('are taken in soon, and count', () => {
    const replicas = Array.from({ length: count }, (_, i) => part(i));
    const file = writeChanges({
      fingerprint: 'model-1',
      dimension: 3,
      replicas,
      tombstones: [],
      names: [],
      revoked: [],
    });
    const state = startState('own', 3);
    const before = performance.now();
    expect(state.take(readChanges(file))).toBe(true);
    expect(state.take(readChanges(file))).toBe(false);
    // They took minutes when each was taken in by itself.
    expect(performance.now() - before).toBeLessThan(5000);
    expect(state.classes()).toHaveLength(2 + count);
  });
});
