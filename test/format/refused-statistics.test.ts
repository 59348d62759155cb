/** Damaged heads are found when a model loads, damaged statistics when it first learns. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { toFloat16 } from '../../sdk/src/backend/to-float16.ts';
import type { StoredTensor } from '../../sdk/src/format/safetensors.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { writeSnapshot } from '../../sdk/src/format/write-snapshot.ts';
import { Model } from '../../sdk/src/model.ts';
import { startEngine } from './start-engine.ts';
import { learner, learnerFiles, refusal, storages, withTensors } from './tiny-snapshot.ts';

let engine: Backend;
const sample = Array.from({ length: 12 }, (_, i) => 20 * i);

beforeAll(async () => {
  engine = await startEngine();
});

describe.each(storages)('in %s', (storage) => {
  /** The file with `value` at `place` of a tensor; a scale where that is int8. */
  function damaged(name: string, place: number, value: number): Uint8Array {
    const edit = (tensors: Map<string, StoredTensor>): void => {
      const { values } = tensors.get(name) as StoredTensor;
      values[place] = values instanceof Uint16Array ? toFloat16(value) : value;
    };
    return withTensors(storage, edit, learnerFiles);
  }

  const notFinite = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  const ofHead = ['weights', 'offsets', 'expected', 'deviations', 'reaches'];
  it.each([...ofHead.map((part) => `head.${part}`), 'statistics.means', 'statistics.votes'])(
    'refuses what is not finite in %s',
    (name) => {
      for (const value of notFinite) {
        const file = damaged(name, 2, value);
        const { code, message } = refusal(() => new Model(engine, readSnapshot(file)));
        expect(code).toBe('snapshot/not-finite');
        expect(message).toContain('head');
      }
    },
  );

  it.each([0, -1])('refuses a deviation of %i', (value) => {
    const file = damaged('head.deviations', 1, value);
    expect(refusal(() => new Model(engine, readSnapshot(file))).code).toBe('snapshot/inconsistent');
  });

  const parts = ['variances', ...(storage === 'int8' ? [] : ['directions'])];
  it.each(parts)(
    'classifies, but does not learn with what is not finite in statistics.%s',
    async (part) => {
      for (const value of notFinite) {
        const model = new Model(engine, readSnapshot(damaged(`statistics.${part}`, 5, value)));
        const before = await model.classify(sample);
        for (let i = 0; i < 2; i++) {
          await expect(model.learn(sample, 'new')).rejects.toMatchObject({
            code: 'snapshot/not-finite',
            message: expect.stringContaining(`statistics.${part}`),
          });
        }
        expect(await model.classify(sample)).toEqual(before);
        model.dispose();
      }
    },
  );

  it('does not learn with a variance below 0', async () => {
    const model = new Model(engine, readSnapshot(damaged('statistics.variances', 5, -1e-3)));
    await expect(model.learn(sample, 'new')).rejects.toMatchObject({
      code: 'snapshot/inconsistent',
    });
    model.dispose();
  });

  it('gives all memory back after a refusal', () => {
    const file = damaged('head.weights', 0, Number.NaN);
    const load = () => refusal(() => new Model(engine, readSnapshot(file)));
    load();
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    for (let i = 0; i < 300; i++) load();
    expect(grow).not.toHaveBeenCalled();
    grow.mockRestore();
  });

  it.each([...learner.weights.keys()].filter((name) => !name.startsWith('layers.')))(
    'refuses a file without %s, or with it in another shape',
    (name) => {
      const without = withTensors(storage, (tensors) => tensors.delete(name), learnerFiles);
      const turned = withTensors(
        storage,
        (tensors) => {
          const { shape, values } = tensors.get(name) as StoredTensor;
          tensors.set(name, { shape: [...shape.toReversed(), 1], values });
        },
        learnerFiles,
      );
      for (const file of [without, turned]) {
        const { code, message } = refusal(() => readSnapshot(file));
        expect(code).toBe('snapshot/inconsistent');
        expect(message).toContain(name);
      }
    },
  );
});

it('refuses tensors that the spec does not tell of, and a spec without its tensors', () => {
  const { statistics: _, ...spec } = learner.spec;
  const layers = [...learner.weights].filter(([name]) => name.startsWith('layers.'));
  const untold = withTensors(
    'float32',
    (tensors) => {
      tensors.set('head.weights', { shape: [3, 14], values: new Float32Array(42) });
    },
    { ...learnerFiles, float32: writeSnapshot({ spec, weights: new Map(layers) }, 'float32') },
  );
  expect(refusal(() => readSnapshot(untold)).code).toBe('snapshot/inconsistent');
});

it('refuses to write a head that is too large for float16, and none else', () => {
  const large = new Float32Array(42).fill(70_000);
  const weights = new Map([...learner.weights, ['head.weights', large]]);
  const { code, message } = refusal(() => writeSnapshot({ ...learner, weights }, 'float16'));
  expect(code).toBe('snapshot/not-finite');
  expect(message).toContain('head.weights');
  for (const storage of ['float32', 'int8'] as const) {
    const read = readSnapshot(writeSnapshot({ ...learner, weights }, storage));
    expect(read.weights.get('head.weights')).toEqual(large);
  }
});
