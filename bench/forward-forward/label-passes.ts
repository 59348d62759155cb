/**
 * Two ways to classify by a pass for each class: one whole pass after the other; and, as far as the
 * algorithm lets work be shared, the pixels' part of the first layer once, to which each label adds a
 * row of its own, and a single sample's passes as one batch of C rows.
 */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { withLabels } from '../baselines/with-labels.ts';
import { GoodnessNet, type GoodnessWeights } from './goodness-net.ts';

export interface LabelledShape {
  /** Numbers of a sample without its label. */
  readonly inputs: number;
  readonly classes: number;
  /** Of each layer. */
  readonly units: readonly number[];
  readonly labelValue: number;
}

/** Of N samples, goodness for each class, [N, C]. */
type Classify = (samples: Float32Array, rows: number) => Float32Array;

export interface LabelPasses {
  readonly oneByOne: Classify;
  readonly shared: Classify;
  dispose(): void;
}

export function labelPasses(
  backend: TrainingBackend,
  shape: LabelledShape,
  weights: GoodnessWeights,
): LabelPasses {
  const { inputs, classes, units, labelValue } = shape;
  const [width] = units as [number];
  const net = new GoodnessNet(backend, units, weights);
  const input = backend.matrix(1, 1);

  const oneByOne: Classify = (samples, rows) => {
    const scores = new Float32Array(rows * classes);
    const labelled = withLabels(samples, new Uint16Array(rows), classes, labelValue);
    for (let label = 0; label < classes; label++) {
      moveLabel(labelled, rows, inputs, label, labelValue);
      backend.write(input, labelled, rows);
      putColumn(scores, net.pass(input), label, classes);
    }
    return scores;
  };

  const weight = weights.get('layers.0.weight') as Float32Array;
  const pixels = backend.load(transposed(weight.subarray(0, inputs * width), width), width, inputs);
  const biases = labelBiases(weight.subarray(inputs * width), weights, labelValue);
  const allBiases = backend.load(biases, classes, width);
  const eachBias = Array.from({ length: classes }, (_, label) =>
    backend.load(biases.slice(label * width, (label + 1) * width), 1, width),
  );
  const sums = backend.matrix(1, 1);
  const activation = backend.matrix(1, 1);

  const shared: Classify = (samples, rows) => {
    backend.write(input, samples, rows);
    backend.multiply(sums, input, pixels, 'right');
    if (rows === 1) {
      backend.images.biasRelu(activation, allBiases, sums);
      return net.passFrom(activation);
    }
    const scores = new Float32Array(rows * classes);
    eachBias.forEach((bias, label) => {
      backend.images.biasRelu(activation, sums, bias);
      putColumn(scores, net.passFrom(activation), label, classes);
    });
    return scores;
  };

  const matrices: Matrix[] = [input, pixels, allBiases, ...eachBias, sums, activation];
  return {
    oneByOne,
    shared,
    dispose: () => {
      net.dispose();
      backend.dispose(...matrices);
    },
  };
}

/** Makes the inputs with the label before those with this one. */
function moveLabel(
  labelled: Float32Array,
  rows: number,
  inputs: number,
  label: number,
  value: number,
): void {
  const size = labelled.length / rows;
  for (let row = 0; row < rows; row++) {
    const at = row * size + inputs + label;
    if (label > 0) labelled[at - 1] = 0;
    labelled[at] = value;
  }
}

/** What the first layer adds to the pixels' sums: its bias and the label's row, [C, D]. */
function labelBiases(rows: Float32Array, weights: GoodnessWeights, value: number): Float32Array {
  const bias = weights.get('layers.0.bias') as Float32Array;
  return rows.map((weight, i) => value * weight + (bias[i % bias.length] as number));
}

function putColumn(
  scores: Float32Array,
  values: Float32Array,
  column: number,
  columns: number,
): void {
  values.forEach((value, row) => {
    scores[row * columns + column] = value;
  });
}

function transposed(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns;
  return Float32Array.from(
    { length: values.length },
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] as number,
  );
}
