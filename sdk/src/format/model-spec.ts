/**
 * Everything about a model that is not a tensor: the JSON in a snapshot's metadata, and the rules
 * that it must follow to be read.
 */
import * as v from 'valibot';
import type { InputSpec } from '../data/input-spec.ts';
import type { NetworkSpec } from '../hff/network.ts';

/** How a model came about, for its card and for whoever asks. */
export interface TrainingRecord {
  /** Name or path of the training data. */
  readonly data: string;
  /** Samples learned from, the held-back ones not counted. */
  readonly samples: number;
  /** Share of the data held back to choose the best epoch. */
  readonly holdoutShare: number;
  /** Epochs that the schedule was made for. */
  readonly epochs: number;
  /** The epoch whose weights these are, from 1. */
  readonly bestEpoch: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly margin: number;
  readonly dropout: number;
  readonly noise: number;
  readonly seed: number;
  /** Share of test samples decided rightly, 0 to 1, where a test set was there. */
  readonly testAccuracy?: number;
}

export interface ModelSpec {
  /** 1 to 64 lower-case letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  /** Counts the changes of a model, from 1. */
  readonly version: number;
  /** Class names in the order of the scores. */
  readonly labels: readonly string[];
  readonly input: InputSpec;
  readonly network: NetworkSpec;
  readonly training: TrainingRecord | null;
}

const largestCount = 1_000_000;
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(largestCount));
const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const notNegative = v.pipe(finite, v.minValue(0));

/** Model names also serve as keys and in URLs. */
export const modelNamePattern: RegExp = /^[a-z0-9][a-z0-9._-]{0,63}$/;

const fitSchema = v.variant('mode', [
  v.object({ mode: v.literal('cover') }),
  v.object({ mode: v.literal('glyph'), box: count }),
]);

const inputSchema = v.object({
  width: count,
  height: count,
  channels: v.picklist([1, 3]),
  range: v.nullable(v.tuple([finite, finite])),
  mean: v.pipe(v.array(finite), v.nonEmpty()),
  deviation: v.pipe(v.array(positive), v.nonEmpty()),
  fit: v.nullable(fitSchema),
});

const layerSchema = v.object({
  type: v.literal('dense'),
  inputs: count,
  units: count,
  prototypes: v.pipe(v.array(count), v.nonEmpty()),
});

const networkSchema = v.object({
  layers: v.pipe(v.array(layerSchema), v.minLength(1), v.maxLength(1000)),
  sharpness: positive,
  scale: positive,
  voters: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.nonEmpty()),
});

const trainingSchema = v.object({
  data: v.string(),
  samples: v.pipe(v.number(), v.integer(), v.minValue(0)),
  holdoutShare: v.pipe(finite, v.gtValue(0), v.maxValue(0.5)),
  epochs: count,
  bestEpoch: count,
  batchSize: count,
  learningRate: positive,
  margin: notNegative,
  dropout: v.pipe(finite, v.minValue(0), v.ltValue(1)),
  noise: notNegative,
  seed: v.pipe(v.number(), v.integer()),
  testAccuracy: v.exactOptional(v.pipe(finite, v.minValue(0), v.maxValue(1))),
});

/** Shape of a {@link ModelSpec}; how its parts fit each other is checked in `check-spec.ts`. */
export const modelSpecSchema: v.GenericSchema<unknown, ModelSpec> = v.object({
  name: v.pipe(v.string(), v.regex(modelNamePattern)),
  version: count,
  labels: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(256))), v.nonEmpty()),
  input: inputSchema,
  network: networkSchema,
  training: v.nullable(trainingSchema),
});
