/**
 * Everything about a model that is not a tensor: the JSON in a snapshot's metadata, and the rules
 * that it must follow to be read.
 */
import type { Augmentation } from '../data/augmentation.ts';
import type { ImageFit, InputSpec } from '../data/input-spec.ts';
import type { ConvSpec, DenseSpec, GivenSpec, LayerSpec } from '../hff/layer-spec.ts';
import type { NetworkSpec } from '../hff/network.ts';
import type { ReceptiveFields } from '../hff/receptive-fields.ts';
import type { Calibration } from '../readout.ts';
import { describe, inconsistent } from './refuse.ts';
import {
  listOf,
  nullOr,
  number,
  oneOf,
  pairOf,
  type Rule,
  record,
  text,
  variant,
} from './rules.ts';

/** How a model came about, for its card and for whoever asks. */
export interface TrainingRecord {
  /** Name or path of the training data. */
  readonly data: string;
  /** Samples learned from, the held-back ones not counted. */
  readonly samples: number;
  /** Samples of each class that were taken at most; missing where all were. */
  readonly limit?: number;
  /** Share of the data held back to choose an epoch. */
  readonly holdoutShare: number;
  /** Epochs that the schedule was made for. */
  readonly epochs: number;
  /** The epoch whose weights these are, from 1. */
  readonly bestEpoch: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Steps in which the rate grew to the learning rate; missing where it began there. */
  readonly warmUp?: number;
  readonly margin: number;
  readonly dropout: number;
  readonly noise: number;
  /** How far training images were moved at random; missing where they were not. */
  readonly augment?: Augmentation;
  /** Whether quarter turns were learned as classes. */
  readonly turns?: boolean;
  /** What each unit of the first layer sees; missing where it sees all. */
  readonly fields?: ReceptiveFields;
  readonly seed: number;
  /** Share of test samples decided rightly, 0 to 1, where a test set was there. */
  readonly testAccuracy?: number;
}

/** What tells of a model's head and statistics beside their tensors. */
export interface StatisticsSpec {
  /** Samples of each class in base training. */
  readonly counts: readonly number[];
  /** r, directions of the covariance. */
  readonly directions: number;
  /** Least ridge of the covariance in units of its mean variance, > 0; 0.01 where it is missing. */
  readonly ridge?: number;
  /** Say of the prototypes between base classes, above 0 to 1; missing where the sums alone decide. */
  readonly prototypeShare?: number;
  readonly calibration: Calibration;
}

export interface ModelSpec {
  /** 1 to 64 lower-case letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  /** Counts the changes of a model, from 1. */
  readonly version: number;
  /** Class names in the order of the scores; none where all are learned where it runs. */
  readonly labels: readonly string[];
  readonly input: InputSpec;
  readonly network: NetworkSpec;
  readonly training: TrainingRecord | null;
  /** Absent where the model cannot learn and decides by its prototypes. */
  readonly statistics?: StatisticsSpec;
}

const count = number({ whole: true, least: 1, most: 1_000_000 });
/** Most features that may be given: a head of them takes some seconds, and its matrices 134 MB. */
export const mostGiven = 4096;
const few = number({ whole: true, least: 1, most: mostGiven });
const label = text(/^.{1,256}$/s, '1 to 256 characters');
const index = number({ whole: true, least: 0 });
const finite = number();
const positive = number({ above: 0 });
const notNegative = number({ least: 0 });
const flag: Rule<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : inconsistent(where, 'true or false', describe(value));
/** Far beyond what trains well, and far from where float32 loses the scores. */
const factor = number({ least: 1e-3, most: 1e6 });

/** Model names also serve as keys and in URLs. */
export const modelNamePattern: RegExp = /^[a-z0-9][a-z0-9._-]{0,63}$/;

const inputRule = record<InputSpec>({
  width: count,
  height: count,
  channels: oneOf(1, 3),
  range: nullOr(pairOf(finite)),
  mean: listOf(finite),
  deviation: listOf(positive),
  fit: nullOr(
    variant<ImageFit>('mode', {
      cover: record({ mode: oneOf('cover') }),
      glyph: record({ mode: oneOf('glyph'), box: count }),
    }),
  ),
});

const layerRule = variant<LayerSpec>('type', {
  dense: record<DenseSpec>({
    type: oneOf('dense'),
    inputs: count,
    units: count,
    prototypes: listOf(count),
  }),
  conv: record<ConvSpec>({
    type: oneOf('conv'),
    inputs: record({ width: count, height: count, channels: count }),
    kernel: count,
    stride: count,
    padding: index,
    channels: count,
    pool: count,
    grid: count,
    aux: count,
    prototypes: listOf(count),
  }),
  given: record<GivenSpec>({ type: oneOf('given'), inputs: few, units: few, of: label }),
});

const networkRule = record<NetworkSpec>(
  {
    layers: listOf(layerRule, 1, 1000),
    sharpness: factor,
    scale: factor,
    voters: listOf(index),
    features: listOf(index),
  },
  ['features'],
);

const trainingRule = record<TrainingRecord>(
  {
    data: text(/^/, 'text'),
    samples: index,
    limit: number({ whole: true, least: 1 }),
    holdoutShare: number({ above: 0, most: 0.5 }),
    epochs: count,
    bestEpoch: count,
    batchSize: count,
    learningRate: positive,
    warmUp: index,
    margin: notNegative,
    dropout: number({ least: 0, below: 1 }),
    noise: notNegative,
    augment: record<Augmentation>({
      shift: notNegative,
      rotate: notNegative,
      zoom: notNegative,
      flip: flag,
    }),
    turns: flag,
    fields: record<ReceptiveFields>({ least: count, most: count }),
    seed: number({ whole: true }),
    testAccuracy: number({ least: 0, most: 1 }),
  },
  ['limit', 'warmUp', 'augment', 'turns', 'fields', 'testAccuracy'],
);

const statisticsRule = record<StatisticsSpec>(
  {
    counts: listOf(number({ whole: true, least: 1 }), 0),
    directions: count,
    ridge: positive,
    prototypeShare: number({ above: 0, most: 1 }),
    calibration: record<Calibration>(
      {
        sharpness: positive,
        reach: positive,
        middle: finite,
        spread: positive,
        by: oneOf('share'),
      },
      ['by'],
    ),
  },
  ['ridge', 'prototypeShare'],
);

/** A {@link ModelSpec} field by field; how its parts fit each other is checked in `check-spec.ts`. */
export const modelRule: Rule<ModelSpec> = record<ModelSpec>(
  {
    name: text(modelNamePattern, '1 to 64 lower-case letters, digits, ".", "_" or "-"'),
    version: count,
    labels: listOf(label, 0),
    input: inputRule,
    network: networkRule,
    training: nullOr(trainingRule),
    statistics: statisticsRule,
  },
  ['statistics'],
);
