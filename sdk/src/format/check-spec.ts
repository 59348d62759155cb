/** Whether the parts of a model fit each other: layers chained, classes named, tensors as declared. */
import * as v from 'valibot';
import { inputSize } from '../data/input-spec.ts';
import { HffError } from '../error.ts';
import { kindOf } from '../hff/layer-kinds.ts';
import type { LayerSpec } from '../hff/layer-spec.ts';
import { type ModelSpec, modelSpecSchema } from './model-spec.ts';
import type { StoredTensor } from './safetensors.ts';

/** How far a stored prototype's squared length may be from 1: half precision rounds it. */
const lengthTolerance = 0.01;

/** @throws HffError `snapshot/inconsistent`, naming the field */
export function checkSpec(value: unknown): ModelSpec {
  const parsed = v.safeParse(modelSpecSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return inconsistent(
      v.getDotPath(issue) ?? 'model',
      issue.expected ?? 'a value in its range',
      issue.received,
    );
  }
  const spec = parsed.output;
  const { labels, input, network } = spec;
  if (new Set(labels).size !== labels.length) {
    inconsistent('labels', 'each label once', JSON.stringify(labels).slice(0, 80));
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
    const own = kindOf(layer).inputSize(layer);
    if (own !== inputs) inconsistent(`${where}.inputs`, `${inputs}`, `${own}`);
    if (layer.prototypes.length !== labels.length) {
      inconsistent(`${where}.prototypes`, `${labels.length} counts`, `${layer.prototypes.length}`);
    }
    inputs = kindOf(layer).outputSize(layer);
  });
  const { voters, layers } = network;
  if (new Set(voters).size !== voters.length || voters.some((voter) => voter >= layers.length)) {
    inconsistent('network.voters', `different indices below ${layers.length}`, `${voters}`);
  }
  return spec;
}

/** Names and shapes of the tensors that a model of this shape has, in the order of storage. */
export function expectedTensors(layers: readonly LayerSpec[]): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  layers.forEach((layer, index) => {
    for (const [key, shape] of kindOf(layer).shapes(layer)) {
      shapes.set(`layers.${index}.${key}`, shape);
    }
  });
  return shapes;
}

/** @throws HffError `snapshot/inconsistent`, `snapshot/not-finite`, naming the tensor */
export function checkTensors(spec: ModelSpec, tensors: ReadonlyMap<string, StoredTensor>): void {
  const expected = expectedTensors(spec.network.layers);
  for (const [name, shape] of expected) {
    const tensor = tensors.get(name);
    if (tensor?.shape.join() !== shape.join()) {
      inconsistent(name, `shape [${shape}]`, tensor ? `[${tensor.shape}]` : 'no such tensor');
    }
  }
  for (const [name, { shape, values }] of tensors) {
    if (!expected.has(name)) inconsistent(name, 'no tensor of this name', `[${shape}]`);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new HffError(
        'snapshot/not-finite',
        `${name}[${bad}]: expected a finite number, got ${values[bad]}. The model is damaged, its training diverged, or its numbers are too large for float16.`,
      );
    }
    if (name.endsWith('.prototypes')) checkUnitRows(name, values, shape[1] as number);
  }
}

function checkUnitRows(name: string, values: Float32Array, width: number): void {
  for (let row = 0; row * width < values.length; row++) {
    let squares = 0;
    for (let i = row * width; i < (row + 1) * width; i++) squares += (values[i] as number) ** 2;
    if (Math.abs(squares - 1) > lengthTolerance) {
      inconsistent(`${name} row ${row}`, 'length 1', `${Math.sqrt(squares)}`);
    }
  }
}

function inconsistent(where: string, expected: string, got: string): never {
  throw new HffError(
    'snapshot/inconsistent',
    `${where}: expected ${expected}, got ${got}. The snapshot's parts do not fit each other.`,
  );
}
