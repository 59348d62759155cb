/** Each field of a model's spec has its rule, and what breaks it is refused by name. */
import { describe, expect, it } from 'vitest';
import { checkSpec } from '../../sdk/src/format/check-spec.ts';
import { learner, refusal } from './tiny-snapshot.ts';

const { spec } = learner;

/** The spec with another value at a path; `undefined` takes the field away, as JSON would. */
function withValue(path: string, value: unknown): unknown {
  const edited = JSON.parse(JSON.stringify(spec));
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((object, key) => object[key], edited);
  parent[last] = value;
  return value === undefined ? JSON.parse(JSON.stringify(edited)) : edited;
}

const counts = [undefined, null, 0, 1.5, -1, 1_000_001, Number.NaN, '1'];
const finite = [undefined, null, Number.NaN, Number.POSITIVE_INFINITY, '1'];
const notNegative = [...finite, -1e-9];
const positive = [...notNegative, 0];
const factors = [...positive, 1e-300, 9.99e-4, 1_000_001, 1e300];
const lists = [undefined, null, [], {}, 'a'];

const bad: Record<string, unknown[]> = {
  name: [undefined, null, '', 'A', '../x', '-a', 'a b', 'a'.repeat(65), 1],
  version: counts,
  labels: lists,
  'labels.1': [null, '', 'a'.repeat(257), 1],
  input: [undefined, null, 1, 'a', []],
  'input.width': counts,
  'input.height': counts,
  'input.channels': [undefined, 2, '3', 0],
  'input.range': [undefined, [], [0], [0, 1, 2], 1],
  'input.range.1': finite.slice(1),
  'input.mean': lists,
  'input.mean.0': finite.slice(1),
  'input.deviation': lists,
  'input.deviation.0': positive.slice(1),
  'input.fit': [undefined, 'cover', 1, []],
  'input.fit.mode': [undefined, null, 'other', 'constructor', '__proto__'],
  'input.fit.box': counts,
  network: [undefined, null, 1, []],
  'network.layers': [...lists, Array.from({ length: 1001 }, () => spec.network.layers[0])],
  'network.layers.1': [null, 1, 'dense', []],
  'network.layers.1.type': [undefined, null, 'sparse', ['dense']],
  'network.layers.1.inputs': counts,
  'network.layers.1.units': counts,
  'network.layers.0.prototypes': lists,
  'network.layers.0.prototypes.1': counts.slice(1),
  'network.sharpness': factors,
  'network.scale': factors,
  'network.voters': lists,
  'network.voters.0': [null, -1, 0.5, '0'],
  'network.features': [null, 1, [], [0, 0], [2]],
  training: [undefined, 1, 'a', []],
  'training.data': [undefined, null, 1],
  'training.samples': [undefined, null, -1, 0.5, '1'],
  'training.holdoutShare': [...positive, 0.51],
  'training.epochs': counts,
  'training.bestEpoch': counts,
  'training.batchSize': counts,
  'training.learningRate': positive,
  'training.margin': notNegative,
  'training.dropout': [...notNegative, 1],
  'training.noise': notNegative,
  'training.augment': [null, 1, true, []],
  'training.augment.shift': notNegative,
  'training.augment.rotate': notNegative,
  'training.augment.zoom': notNegative,
  'training.augment.flip': [undefined, null, 0, 'true'],
  'training.turns': [null, 0, 'true'],
  'training.fields': [null, 1, []],
  'training.fields.least': counts,
  'training.fields.most': counts,
  'training.seed': [...finite, 0.5],
  'training.testAccuracy': [...notNegative.slice(1), 1.01],
  statistics: [null, 1, 'a', []],
  'statistics.counts': [...lists, [5, 4], [5, 4, 6, 1]],
  'statistics.counts.1': [null, 0, -1, 1.5, '1', Number.NaN],
  'statistics.directions': counts,
  'statistics.ridge': [null, 0, -1, '1', Number.NaN],
  'statistics.prototypeShare': [null, 0, -1, 1.01, '1', Number.NaN],
  'statistics.calibration': [undefined, null, 1, []],
  'statistics.calibration.sharpness': positive,
  'statistics.calibration.reach': positive,
  'statistics.calibration.middle': finite,
  'statistics.calibration.spread': positive,
};

describe('a spec', () => {
  it('is read as it is, without what is unknown', () => {
    const more = { ...spec, input: { ...spec.input, more: 1 }, more: [] };
    expect(checkSpec(more)).toEqual(spec);
  });

  it.each(['augment', 'turns', 'fields', 'testAccuracy'])('may do without training.%s', (field) => {
    const { training } = checkSpec(withValue(`training.${field}`, undefined));
    expect(field in (training as object)).toBe(false);
  });

  it('may do without statistics', () => {
    expect('statistics' in checkSpec(withValue('statistics', undefined))).toBe(false);
  });

  it.each(['training', 'input.range', 'input.fit'])('may have no %s', (path) => {
    expect(checkSpec(withValue(path, null))).toEqual(withValue(path, null));
  });

  it.each([undefined, null, 1, 'a', []])('is no %j', (value) => {
    const { code, message } = refusal(() => checkSpec(value));
    expect(code).toBe('snapshot/inconsistent');
    expect(message).toMatch(/^model: expected an object, got /);
  });

  it.each(Object.entries(bad))('is refused for its %s', (path, values) => {
    for (const value of values) {
      const { code, message } = refusal(() => checkSpec(withValue(path, value)));
      expect(code).toBe('snapshot/inconsistent');
      expect(message).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')}: expected .+, got `));
    }
  });

  it.each(['network.sharpness', 'network.scale'])('may have the bounds of its %s', (path) => {
    for (const value of [1e-3, 1e6]) {
      expect(checkSpec(withValue(path, value))).toEqual(withValue(path, value));
    }
  });

  it('is refused in few words, however many voters it names', () => {
    const { message } = refusal(() =>
      checkSpec(withValue('network.voters', new Array(1_000_000).fill(0))),
    );
    expect(message).toMatch(/^network\.voters: expected different indices below 2, got 0,0,/);
    expect(message.length).toBeLessThan(250);
  });

  it('is refused in few words, however large what came is', () => {
    const deep = JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`);
    for (const value of [deep, 'x'.repeat(1e6), { toString: 1 }]) {
      const { message } = refusal(() => checkSpec(withValue('network.scale', value)));
      expect(message.length).toBeLessThan(200);
    }
  });
});
