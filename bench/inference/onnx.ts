/**
 * An ONNX model as bytes, written while its graph is put together. Field numbers are those of
 * onnx.proto3. Everything is float32 but shapes and axes.
 */
import { bytesField, concatenated, integerField, messageField, textField } from './protobuf.ts';

const irVersion = 8;
const opset = 18;
const elementTypes = { float32: 1, int64: 7 } as const;
const attributeTypes = { integer: 2, integers: 7 } as const;

/** A whole number, or the name of a size that is free. */
type Dimension = number | string;

export class OnnxGraph {
  readonly #nodes: Uint8Array[] = [];
  readonly #initializers: Uint8Array[] = [];
  readonly #ends: Uint8Array[] = [];

  /** Names a value of the given type as input or output of the whole graph. */
  declare(end: 'input' | 'output', name: string, shape: readonly Dimension[]): string {
    const dimensions = shape.map((size) =>
      messageField(1, [typeof size === 'number' ? integerField(1, size) : textField(2, size)]),
    );
    const tensorType = [integerField(1, elementTypes.float32), messageField(2, dimensions)];
    const type = messageField(2, [messageField(1, tensorType)]);
    this.#ends.push(messageField(end === 'input' ? 11 : 12, [textField(1, name), type]));
    return name;
  }

  floats(name: string, shape: readonly number[], values: ArrayLike<number>): string {
    return this.#constant(name, shape, 'float32', Float32Array.from(values));
  }

  integers(name: string, values: readonly number[]): string {
    return this.#constant(name, [values.length], 'int64', BigInt64Array.from(values, BigInt));
  }

  /**
   * Adds an operation.
   * @param output name of its result
   * @param attributes whole numbers, one or several
   * @returns `output`
   */
  node(
    operation: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, number | readonly number[]>> = {},
  ): string {
    const names = inputs.map((input) => textField(1, input));
    const fields = Object.entries(attributes).map(([name, value]) => attribute(name, value));
    const node = [...names, textField(2, output), textField(4, operation), ...fields];
    this.#nodes.push(messageField(1, node));
    return output;
  }

  toModel(name: string): Uint8Array {
    const graph = [...this.#nodes, textField(2, name), ...this.#initializers, ...this.#ends];
    return concatenated([
      integerField(1, irVersion),
      messageField(7, graph),
      messageField(8, [integerField(2, opset)]),
    ]);
  }

  #constant(
    name: string,
    shape: readonly number[],
    type: keyof typeof elementTypes,
    values: ArrayBufferView,
  ): string {
    const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const tensor = [
      ...shape.map((size) => integerField(1, size)),
      integerField(2, elementTypes[type]),
      textField(8, name),
      bytesField(9, data),
    ];
    this.#initializers.push(messageField(5, tensor));
    return name;
  }
}

function attribute(name: string, value: number | readonly number[]): Uint8Array {
  const fields =
    typeof value === 'number'
      ? [integerField(3, value), integerField(20, attributeTypes.integer)]
      : [...value.map((each) => integerField(8, each)), integerField(20, attributeTypes.integers)];
  return messageField(5, [textField(1, name), ...fields]);
}
