/** What a model may not carry as what it learned, each refused with a code, and leaving nothing behind. */
import { expect, it, vi } from 'vitest';
import { writeChanges } from '../../sdk/src/format/write-changes.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { fingerprint } from '../../sdk/src/learn/fingerprint.ts';
import { Model } from '../../sdk/src/model.ts';
import { startEngine } from './start-engine.ts';
import { tinyChanges } from './tiny-changes.ts';
import { learnedOn, oddLearner } from './tiny-learned.ts';
import { snapshot as plain } from './tiny-snapshot.ts';

const engine = await startEngine();
const snapshot = oddLearner('float32');
const { labels } = snapshot.spec;
const ofOthers = (model: object): Uint8Array => {
  const own = { fingerprint: fingerprint(snapshot), dimension: 14 };
  return writeChanges(tinyChanges({ ...own, ...model }, labels));
};

const files: [string, string, Uint8Array][] = [
  ['of other layers', 'learn/foreign', withLearned(ofOthers({ fingerprint: '0123456789abcdef' }))],
  ['of other features', 'learn/foreign', withLearned(ofOthers({ dimension: 13 }))],
  ['if it is no file', 'snapshot/malformed', withLearned(new Uint8Array(40))],
  ['if it is a file of another kind', 'snapshot/malformed', withLearned(writeSnapshot(plain))],
  [
    'on a model that cannot learn',
    'learn/no-statistics',
    writeSnapshot({ ...plain, learned: learnedOn(snapshot) }),
  ],
];

function withLearned(learned: Uint8Array): Uint8Array {
  return writeSnapshot({ ...snapshot, learned });
}

it.each(files)('refuses what was learned %s', async (_, code, file) => {
  const refused = (): Promise<void> =>
    expect(Model.load(engine, file)).rejects.toMatchObject({ code });
  await refused();
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
  for (let i = 0; i < 200; i++) await refused();
  expect(grow).not.toHaveBeenCalled();
  grow.mockRestore();
});

it('takes an empty one for nothing learned', async () => {
  const model = await Model.load(engine, withLearned(new Uint8Array()));
  expect((await model.classes()).map(({ learned }) => learned)).toEqual([0, 0, 0]);
  model.dispose();
});
