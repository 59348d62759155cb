/**
 * How well a network decides on a labelled set. Only the set's own classes can be decided for: a
 * network in training may know more after them (`turned-classes.ts`).
 */
import { gatherBatch } from '../data/batch.ts';
import type { Dataset } from '../data/dataset.ts';
import type { InputSpec } from '../data/input-spec.ts';
import type { Network } from '../hff/network.ts';

/** What decides for classes: a network, or a rival of one that is measured beside it. */
export interface Decider extends Pick<Network, 'forward' | 'vote'> {
  /** Those that have class scores of their own. */
  readonly layers: readonly unknown[];
}

export interface Evaluation {
  readonly samples: number;
  /** Share decided rightly by the model, 0 to 1. */
  readonly accuracy: number;
  /** The same for each layer alone, by its prototypes; empty where these are of other classes. */
  readonly layerAccuracies: readonly number[];
  /** confusion[true][decided], counts. */
  readonly confusion: readonly (readonly number[])[];
}

const batchSize = 256;

/** Share of the samples that the voting layers decide rightly, 0 to 1. */
export function accuracy(network: Decider, dataset: Dataset, input: InputSpec): number {
  let right = 0;
  for (const { labels, decided } of decisions(network, dataset, input)) {
    right += countEqual(labels, decided);
  }
  return right / dataset.labels.length;
}

/**
 * @param decide class scores [N, C] of standardised samples, by which the model decides; by the voting
 *   layers unless given
 */
export function evaluate(
  network: Decider,
  dataset: Dataset,
  input: InputSpec,
  decide?: (inputs: Float32Array, rows: number) => Float32Array,
): Evaluation {
  const samples = dataset.labels.length;
  const classes = dataset.classes.length;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const layerRight = network.layers.map(() => 0);
  for (const { labels, decided, layers } of decisions(network, dataset, input, decide)) {
    labels.forEach((label, i) => {
      const row = confusion[label] as number[];
      row[decided[i] as number] = (row[decided[i] as number] as number) + 1;
    });
    layers.forEach((alone, layer) => {
      layerRight[layer] = (layerRight[layer] as number) + countEqual(labels, alone);
    });
  }
  const right = confusion.reduce((sum, row, c) => sum + (row[c] as number), 0);
  return {
    samples,
    accuracy: right / samples,
    layerAccuracies: layerRight.map((count) => count / samples),
    confusion,
  };
}

interface Decisions {
  readonly labels: Uint16Array;
  /** Class that is decided for: by the voting layers, unless `decide` is given. */
  readonly decided: Uint32Array;
  /** Class that each layer alone decides for. */
  readonly layers: readonly Uint32Array[];
}

function* decisions(
  network: Decider,
  dataset: Dataset,
  input: InputSpec,
  decide?: (inputs: Float32Array, rows: number) => Float32Array,
): Generator<Decisions> {
  const samples = dataset.labels.length;
  const classes = dataset.classes.length;
  for (let start = 0; start < samples; start += batchSize) {
    const length = Math.min(batchSize, samples - start);
    const indices = Uint32Array.from({ length }, (_, i) => start + i);
    const { inputs, labels } = gatherBatch(dataset, input, indices);
    const layerScores = network.forward(inputs, length);
    yield {
      labels,
      decided: largest(decide?.(inputs, length) ?? network.vote(layerScores), length, classes),
      layers: layerScores.map((scores) => largest(scores, length, classes)),
    };
  }
}

/** Index of the largest of the first `classes` scores of each of `rows` samples. */
function largest(scores: Float32Array, rows: number, classes: number): Uint32Array {
  const known = scores.length / rows;
  return Uint32Array.from({ length: rows }, (_, n) => {
    let best = 0;
    for (let c = 1; c < Math.min(classes, known); c++) {
      if ((scores[n * known + c] as number) > (scores[n * known + best] as number)) best = c;
    }
    return best;
  });
}

function countEqual(labels: Uint16Array, decided: Uint32Array): number {
  return labels.reduce((count, label, i) => count + (decided[i] === label ? 1 : 0), 0);
}
