/** Whether the parts of a model's spec fit each other: layers chained, classes named. */
import { inputSize } from '../data/input-spec.ts';
import { kindOf } from '../hff/layer-kinds.ts';
import { type ModelSpec, modelRule } from './model-spec.ts';
import { inconsistent } from './refuse.ts';

/** @throws HffError `snapshot/inconsistent`, naming the field */
export function checkSpec(value: unknown): ModelSpec {
  const spec = modelRule(value, '');
  const { labels, input, network, statistics } = spec;
  if (new Set(labels).size !== labels.length) {
    inconsistent('labels', 'each label once', JSON.stringify(labels).slice(0, 80));
  }
  if (labels.length === 0 && network.layers[0]?.type !== 'given') {
    inconsistent('labels', '1 or more', '0');
  }
  const size = inputSize(input);
  const periods = new Set([1, input.channels, size]);
  for (const key of ['mean', 'deviation'] as const) {
    const { length } = input[key];
    if (!periods.has(length) || length !== input.mean.length) {
      inconsistent(`input.${key}`, `1, ${input.channels} or ${size} numbers`, `${length}`);
    }
  }
  if (input.range && input.range[0] >= input.range[1]) {
    inconsistent('input.range', 'smallest < largest', `${input.range}`);
  }
  let inputs = size;
  network.layers.forEach((layer, index) => {
    const where = `network.layers.${index}`;
    const kind = kindOf(layer);
    if (kind.isSound?.(layer) === false) {
      inconsistent(
        where,
        'padding < kernel ≤ image, grid ≤ map',
        JSON.stringify(layer).slice(0, 200),
      );
    }
    const own = kind.inputSize(layer);
    if (own !== inputs) inconsistent(`${where}.inputs`, `${inputs}`, `${own}`);
    if (layer.type === 'given') {
      if (layer.units !== own || network.layers.length > 1 || !statistics) {
        inconsistent(where, 'one layer, with statistics', 'another');
      }
    } else if (layer.prototypes.length !== labels.length) {
      inconsistent(`${where}.prototypes`, `${labels.length} counts`, `${layer.prototypes.length}`);
    }
    inputs = kind.outputSize(layer);
  });
  const { voters, features, layers } = network;
  for (const [name, chosen] of Object.entries({ voters, features })) {
    const layer = (index: number): boolean => index < layers.length;
    if (!chosen || (new Set(chosen).size === chosen.length && chosen.every(layer))) continue;
    const expected = `different indices below ${layers.length}`;
    inconsistent(`network.${name}`, expected, `${chosen}`.slice(0, 80));
  }
  if (statistics && statistics.counts.length !== labels.length) {
    inconsistent('statistics.counts', `${labels.length} counts`, `${statistics.counts.length}`);
  }
  return spec;
}
