/** What somebody taught is kept apart, and taken away exactly, wherever it has come to. */
import { describe, expect, it } from 'vitest';
import { HffError } from '../../sdk/src/error.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { checkTaughtBy, isTaughtBy, replicaName } from '../../sdk/src/learn/replica-name.ts';
import { drawRows, expectSameTotals, names, sent, startState } from './learned-states.ts';

const rows = drawRows(new Random(3), 40, 6) as [Float32Array, Float32Array, ...Float32Array[]];

/** `a` learned half of the rows itself, and half from Eve, who also forgot one of its own. */
function poisoned() {
  const [state, clean] = [startState('a', 6), startState('a', 6)];
  rows.forEach((row, i) => {
    if (i % 2) {
      state.take(state.planBy('eve').learn([i % 3 ? 'two' : 'evil'], [row]));
      return;
    }
    for (const each of [state, clean]) each.learn('two', row);
  });
  state.take(state.planBy('eve').forget('two', rows[0]));
  return { state, clean };
}

const hers = (name: string): boolean => isTaughtBy(name, 'eve');

describe('revoking', () => {
  it('undoes exactly what was taught and forgotten, folded or not', () => {
    const { state, clean } = poisoned();
    expect(names(state)).toContain('evil');
    state.take(state.plan.revoke(state.replicas().filter(hers)));
    expectSameTotals(state, clean);
    expect(state.classes()).toEqual(clean.classes());
  });

  it('reaches others that have it, and holds against what arrives late', () => {
    const { state, clean } = poisoned();
    const [early, late] = [startState('b', 6), startState('c', 6)];
    const all = sent(state.changesSince({}));
    early.take(all);
    state.take(state.plan.revoke(state.replicas().filter(hers)));
    early.merge(state);
    late.merge(state);
    expect(late.take(all)).toBe(false);
    early.take(all);
    for (const other of [early, late, late.restarted()]) {
      expect(other.classes()).toEqual(clean.classes());
    }
    expect(early.changesSince(state.versions())).toMatchObject({ replicas: [], revoked: [] });
  });

  it('lets the same one teach anew, and be revoked again', () => {
    const { state, clean } = poisoned();
    state.take(state.plan.revoke(state.replicas().filter(hers)));
    state.take(state.planBy('eve').learn(['good'], [rows[1]]));
    expect(state.classes().at(1)).toBeDefined();
    expect(names(state)).toContain('good');
    expect(state.replicas().filter(hers)).toEqual(['a-eve_2']);
    state.take(state.plan.revoke(state.replicas().filter(hers)));
    expect(state.classes()).toEqual(clean.classes());
  });

  it('of a device itself has it go on under another name', () => {
    const [server, device] = [startState('server', 6), startState('device', 6)];
    device.learn('two', rows[0]);
    server.merge(device);
    server.take(server.plan.revoke(['device']));
    device.merge(server);
    expect(names(device)).toEqual(['zero', 'one']);
    device.learn('two', rows[1]);
    server.merge(device);
    expect(names(server)).toContain('two');
    expect(server.replicas()).toContain('device_2');
  });

  it('of what is to come after a gap leaves nothing waiting', () => {
    const source = startState('a', 6);
    const reader = startState('b', 6);
    for (const row of rows.slice(0, 6)) source.learn('two', row);
    reader.take(sent(source.changesSince({ a: 3 })));
    expect(names(reader)).toContain('two');
    reader.take(reader.plan.revoke(['a']));
    expect(names(reader)).not.toContain('two');
    expect(reader.take(sent(source.changesSince({ a: 4 })))).toBe(false);
    reader.merge(source);
    expect(names(reader)).not.toContain('two');
    expect(reader.versions()).toMatchObject({ a: 6 });
  });
});

describe('names of replicas', () => {
  it('tell who taught, on whatever device and however often revoked', () => {
    const revoked = new Set(['d-eve', 'd-eve_2']);
    expect(replicaName('d', 'eve', (name) => revoked.has(name))).toBe('d-eve_3');
    expect(replicaName('d', undefined, () => false)).toBe('d');
    for (const name of ['d-eve', 'x-eve_3']) expect(isTaughtBy(name, 'eve')).toBe(true);
    for (const name of ['d', 'eve', 'd-eve-2', 'd-evelyn', 'd-x-eve']) {
      expect(isTaughtBy(name, 'eve')).toBe(false);
    }
    expect(isTaughtBy('d-a-b', 'a-b')).toBe(true);
  });

  it.each(['', 'a b', 'a_2', 'x'.repeat(25), '__proto__', 7, null])('are not of %j', (name) => {
    expect(() => checkTaughtBy(name)).toThrow(HffError);
  });
});
