/** The parameters of a layer from its numbers. */
import type { Backend, Matrix } from '../backend/backend.ts';
import type { Numbers } from '../backend/numbers.ts';
import type { LayerWeights } from './layer-kind.ts';
import type { Parameter } from './parameter.ts';

/**
 * @param name prefix of their names
 * @param shapes of each, by its key
 * @param keep how the engine keeps the weight: frozen, unless it is to be trained
 * @returns parameters by key, in the order of `shapes`
 */
export function loadParameters(
  backend: Backend,
  name: string,
  weights: LayerWeights,
  shapes: ReadonlyMap<string, readonly number[]>,
  keep: 'freeze' | 'load',
): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  const load = (key: string, shape: readonly number[]): Matrix => {
    const numbers = weights.get(key) as Numbers;
    const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) as number];
    return backend[key === 'weight' ? keep : 'load'](numbers, rows, columns);
  };
  for (const [key, shape] of shapes) {
    const geometry = key === 'prototypes' ? 'sphere' : 'flat';
    parameters.set(key, { name: `${name}.${key}`, value: load(key, shape), geometry });
  }
  return parameters;
}
