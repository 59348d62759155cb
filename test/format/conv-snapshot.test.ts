/** Models with convolutions as files: read as they were written, and refused where their shapes do not fit. */
import { describe, expect, it } from 'vitest';
import { checkSpec } from '../../sdk/src/format/check-spec.ts';
import { readSnapshot } from '../../sdk/src/format/snapshot.ts';
import { loadModel } from '../../sdk/src/node.ts';
import { relativeError } from '../support/close.ts';
import { convolved, spec, weights } from './conv-snapshot.ts';
import { refusal, storages } from './tiny-snapshot.ts';

const names = ['weight', 'bias', 'aux', 'prototypes'];

describe('a model with convolutions', () => {
  it('is read as it was written', () => {
    const read = readSnapshot(convolved('float32'));
    expect(read).toEqual({ spec, weights, learned: undefined });
    expect([...read.weights.keys()].slice(0, 4)).toEqual(names.map((name) => `layers.0.${name}`));
  });

  it.each(storages)(
    'classifies from a file in %s, and writes it again byte by byte',
    async (storage) => {
      const bytes = convolved(storage);
      const [model, exact] = await Promise.all([loadModel(bytes), loadModel({ spec, weights })]);
      expect(Buffer.compare(await model.export(), bytes)).toBe(0);
      const image = Float32Array.from({ length: 9 * 8 * 3 }, (_, i) => (i * 37) % 256);
      const [scores, expected] = [model, exact].map((each) => each.scores(image, 1)) as [
        Float32Array,
        Float32Array,
      ];
      expect(relativeError(scores, expected, 1)).toBeLessThan(storage === 'float32' ? 1e-6 : 0.03);
      const { label } = await model.classify(image);
      expect(spec.labels).toContain(label);
    },
  );
});

/** The spec with another number in its first layer. */
function withNumber(path: string, value: unknown): unknown {
  const edited = JSON.parse(JSON.stringify(spec));
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((object, key) => object[key], edited.network.layers[0]);
  parent[last] = value;
  return JSON.parse(JSON.stringify(edited));
}

const sizes = 'inputs.width inputs.height inputs.channels kernel stride channels pool grid aux';

describe('its spec', () => {
  it.each(sizes.split(' '))('is refused for its %s', (path) => {
    for (const value of [undefined, null, 0, 1.5, -1, 1_000_001, '1']) {
      const { code, message } = refusal(() => checkSpec(withNumber(path, value)));
      expect(code).toBe('snapshot/inconsistent');
      expect(message).toContain(`network.layers.0.${path}: expected a whole number`);
    }
  });

  it.each([
    ['padding', -1],
    ['padding', 0.5],
    ['padding', 3],
    ['kernel', 12],
    ['pool', 9],
    ['pool', 3],
    ['grid', 5],
    ['inputs.width', 10],
    ['inputs.width', 1_000_000],
    ['inputs.channels', 4],
    ['channels', 6],
    ['channels', 1_000_000],
    ['stride', 2],
    ['prototypes', [1, 1]],
  ])('is refused for %s %j, which does not fit the rest', (path, value) => {
    expect(refusal(() => checkSpec(withNumber(path, value))).code).toBe('snapshot/inconsistent');
  });
});
