/**
 * How well a network decides on a labelled set. Only the set's own classes can be decided for: a
 * network in training may know more after them (`turned-classes.ts`).
 */
import { asItIs, type Placement } from '../data/augment-image.ts';
import { type Batch, gatherBatch } from '../data/batch.ts';
import type { Dataset } from '../data/dataset.ts';
import { imageViews, placeImages, type ViewOptions } from '../data/image-views.ts';
import type { InputSpec } from '../data/input-spec.ts';
import { subset } from '../data/subset.ts';
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

export interface EvaluateOptions extends ViewOptions {
  /** Hears the share of the samples that are decided, 0 to 1. */
  onProgress?(share: number): void;
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
 *   layers where it is null
 * @param options the views of each image, whose class scores decide by their mean
 * @throws HffError `option/invalid` for the views
 */
export function evaluate(
  network: Decider,
  dataset: Dataset,
  input: InputSpec,
  decide: ((inputs: Float32Array, rows: number) => Float32Array) | null,
  { onProgress, ...views }: EvaluateOptions = {},
): Evaluation {
  const samples = dataset.labels.length;
  const classes = dataset.classes.length;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const layerRight = network.layers.map(() => 0);
  let done = 0;
  const placements = imageViews(dataset, views);
  for (const { labels, decided, layers } of decisions(
    network,
    dataset,
    input,
    placements,
    decide,
  )) {
    labels.forEach((label, i) => {
      const row = confusion[label] as number[];
      row[decided[i] as number] = (row[decided[i] as number] as number) + 1;
    });
    layers.forEach((alone, layer) => {
      layerRight[layer] = (layerRight[layer] as number) + countEqual(labels, alone);
    });
    done += labels.length;
    onProgress?.(done / samples);
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

/** @param views in which the sums of scores decide; the samples as they are where it is left out */
function* decisions(
  network: Decider,
  dataset: Dataset,
  input: InputSpec,
  views: readonly Placement[] = [asItIs],
  decide?: ((inputs: Float32Array, rows: number) => Float32Array) | null,
): Generator<Decisions> {
  const { labels, classes } = dataset;
  for (let start = 0; start < labels.length; start += batchSize) {
    const length = Math.min(batchSize, labels.length - start);
    const indices = Uint32Array.from({ length }, (_, i) => start + i);
    const seen = views.map((view) => {
      const { inputs } = gatherView(dataset, input, indices, view);
      const layers = network.forward(inputs, length);
      return { layers, decision: decide?.(inputs, length) ?? network.vote(layers) };
    });
    const decisive = (scores: readonly Float32Array[]): Uint32Array =>
      largest(sum(scores), length, classes.length);
    yield {
      labels: labels.subarray(start, start + length),
      decided: decisive(seen.map(({ decision }) => decision)),
      layers: network.layers.map((_, layer) =>
        decisive(seen.map(({ layers }) => layers[layer] as Float32Array)),
      ),
    };
  }
}

/** Samples as they are need not be images. */
function gatherView(
  dataset: Dataset,
  input: InputSpec,
  indices: Uint32Array,
  view: Placement,
): Batch {
  if (view === asItIs) return gatherBatch(dataset, input, indices);
  const placed = placeImages(subset(dataset, indices), view);
  return gatherBatch(placed, input, Uint32Array.from(indices.keys()));
}

function sum([first = new Float32Array(), ...others]: readonly Float32Array[]): Float32Array {
  return others.reduce((total, one) => total.map((value, i) => value + (one[i] as number)), first);
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

/**
 * Samples that scores decide rightly.
 * @param scores [N, C], or of more classes after these, which cannot be decided for
 */
export function countDecided(scores: Float32Array, labels: Uint16Array, classes: number): number {
  return countEqual(labels, largest(scores, labels.length, classes));
}

function countEqual(labels: Uint16Array, decided: Uint32Array): number {
  return labels.reduce((count, label, i) => count + (decided[i] === label ? 1 : 0), 0);
}
