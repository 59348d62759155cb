/** Hostile bytes for a file of changes: read correctly, or refused with a code. */
import { describe, expect, it } from 'vitest';
import { readChanges } from '../../sdk/src/format/read-changes.ts';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import type { Changes } from '../../sdk/src/learn/changes.ts';
import { knowledge, startState, TaughtState } from '../learn/learned-states.ts';
import { described, namedIn, sameTensors } from './described.ts';
import { mutate } from './mutate.ts';
import { mutateJson } from './mutate-json.ts';
import { Outcomes } from './outcomes.ts';
import { tinyChanges } from './tiny-changes.ts';

const base = ['__proto__', 'constructor', 'ü'];
const model = { fingerprint: 'model-1', dimension: 3 };
const single = new TaughtState({ ...model, replica: 'a', base });
const seeds = [
  tinyChanges(model, base),
  single.plan.learn(['new'], [[1, 0, 2]]),
  single.plan.renameClass('ü', '__proto__ too'),
].map(writeChanges);

const ways = [
  { kind: 'bytes', damage: mutate },
  {
    kind: 'descriptions',
    damage: (file: Uint8Array, random: Random) => mutateJson(file, 'changes', random),
  },
];

describe.each(ways)('10,000 random mutations of $kind of files of changes', ({ damage, kind }) => {
  it('are each read correctly or refused with a code, within the size of the file', async () => {
    const random = new Random(2026, kind.length);
    const outcomes = new Outcomes(/^(snapshot\/(malformed|version)|learn\/(malformed|foreign))$/);
    for (let i = 0; i < 10_000; i++) {
      const mutant = damage(seeds[i % 5 < 3 ? 0 : (i % 5) - 2] as Uint8Array, random);
      await outcomes.add(() => {
        const changes = readChanges(mutant);
        expectReadAs(changes, mutant);
        // Some know of changes by this very replica.
        const state = startState(i % 2 ? 'own' : '__proto__', 3, base);
        state.take(changes);
        expectSound(state, namedIn(mutant, 'changes'));
        return 'taken in';
      });
    }
    outcomes.expectAtLeast({ 'taken in': 1000, 'learn/malformed': 500, 'learn/foreign': 5 });
  }, 180_000);
});

/** All that is read is what the file says, it takes no more room, and it reads the same again. */
function expectReadAs(changes: Changes, file: Uint8Array): void {
  const again = writeChanges(changes);
  expect(readChanges(again)).toEqual(changes);
  expect(described(file, 'changes')).toMatchObject(described(again, 'changes') as object);
  expect(sameTensors(file, again)).toBe(true);
  expect(heldBytes(changes)).toBeLessThanOrEqual(2 * file.length);
}

/** Bytes of all numbers, views and copies alike. */
function heldBytes({ replicas }: Changes): number {
  const moments = replicas.flatMap(({ cells }) => cells.map((cell) => cell.moments));
  return moments
    .flatMap(({ plus, minus, folded }) => [
      ...plus,
      ...minus,
      ...(folded ? [folded.sum, folded.triangle] : []),
    ])
    .reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** It has no classes but those of the base and of the file, can be stored, and goes on learning. */
function expectSound(state: TaughtState, named: ReadonlySet<string>): void {
  const ofIds = [...named].map((text) => text.slice(text.indexOf(':') + 1));
  const totals = state.classes();
  for (const { label, sum } of totals) {
    expect([...base, ...named, ...ofIds]).toContain(label);
    expect(sum).toHaveLength(3);
  }
  expect(knowledge(state.restarted())).toEqual(knowledge(state));
  const [before] = totals;
  if (!before) return;
  state.learn(before.label, new Float32Array(3));
  expect(state.classes().find(({ label }) => label === before.label)?.count).toBe(before.count + 1);
  state.renameClass(before.label, 'another');
  state.forgetClass('another');
  expect(knowledge(state.restarted())).toEqual(knowledge(state));
}
