/** Numbers that no model may have are found by the engine that decodes them, in every format. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { toFloat16 } from '../../sdk/src/backend/to-float16.ts';
import type { StoredTensor } from '../../sdk/src/format/safetensors.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { Model } from '../../sdk/src/model.ts';
import { startEngine } from './start-engine.ts';
import { refusal, storages, withTensors } from './tiny-snapshot.ts';

let engine: Backend;

beforeAll(async () => {
  engine = await startEngine();
});

describe.each(storages)('in %s', (storage) => {
  /** The refusal of a file whose tensor has `value` at `place`. */
  function refusalOf(name: string, place: number, value: number) {
    const file = withTensors(storage, (tensors) => {
      const { values } = tensors.get(name) as StoredTensor;
      values[place] = values instanceof Uint16Array ? toFloat16(value) : value;
    });
    return refusal(() => new Model(engine, readSnapshot(file)));
  }

  const tensors = ['layers.0.bias', 'layers.0.prototypes', 'layers.1.bias', 'layers.1.prototypes'];
  const weights = storage === 'int8' ? [] : ['layers.0.weight', 'layers.1.weight'];

  it.each([...tensors, ...weights])('refuses what is not finite in %s', (name) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const place of [0, 4]) {
        const { code, message } = refusalOf(name, place, value);
        expect(code).toBe('snapshot/not-finite');
        expect(message).toContain(name);
      }
    }
  });

  it('refuses prototypes off the sphere', () => {
    for (const value of [5, -3e4]) {
      const { code, message } = refusalOf('layers.1.prototypes', 7, value);
      expect(code).toBe('snapshot/inconsistent');
      expect(message).toContain('layers.1.prototypes row 1: expected length 1');
    }
  });

  it('refuses a prototype of nothing', () => {
    const file = withTensors(storage, (tensors) => {
      (tensors.get('layers.0.prototypes') as StoredTensor).values.fill(0, 27, 36);
    });
    const { code, message } = refusal(() => new Model(engine, readSnapshot(file)));
    expect(code).toBe('snapshot/inconsistent');
    expect(message).toContain(
      'layers.0.prototypes row 3: expected length 1, got length 0 or too long.',
    );
  });

  it('gives all memory back after a refusal', () => {
    refusalOf('layers.1.prototypes', 0, Number.NaN);
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    for (let i = 0; i < 300; i++) refusalOf('layers.1.prototypes', 0, Number.NaN);
    expect(grow).not.toHaveBeenCalled();
    grow.mockRestore();
  });
});
