/** Statistics of a trained model against plain sums over its features. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Numbers, toFloat32 } from '../../sdk/src/backend/numbers.ts';
import { nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { gatherBatch } from '../../sdk/src/data/batch.ts';
import { readSnapshot, type Snapshot } from '../../sdk/src/format/snapshot.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { addStatistics, type Dataset, loadModel, type StatisticsSpec } from '../../sdk/src/node.ts';
import { familiarity, Readout } from '../../sdk/src/readout.ts';
import { calibrate } from '../../sdk/src/train/calibrate.ts';
import { covarianceDirections } from '../../sdk/src/train/covariance-directions.ts';
import { splitHoldout } from '../../sdk/src/train/holdout.ts';
import {
  dot,
  meanOf,
  type PlainClass,
  plainHead,
  type Square,
  scatterOf,
} from '../learn/plain-head.ts';
import { drawnSet, trainDrawn } from '../model/drawn-model.ts';
import { relativeError } from '../support/close.ts';

const dataset = drawnSet(500);
const dimension = 90;
let bytes: Uint8Array;
let snapshot: Snapshot;

beforeAll(async () => {
  bytes = await trainDrawn(dataset);
  snapshot = await addStatistics(bytes, dataset);
});

function tensor(name: string): Float32Array {
  return toFloat32(snapshot.weights.get(name) as Numbers);
}

/** Features of each class's samples. */
async function featuresOf(set: Dataset): Promise<PlainClass[]> {
  const { network, input } = await loadModel(bytes);
  const indices = Uint32Array.from(set.labels, (_, i) => i);
  const { inputs, labels } = gatherBatch(set, input, indices);
  const features = network.features(inputs, labels.length);
  return set.classes.map((label, c) => ({
    label,
    rows: [...indices]
      .filter((i) => labels[i] === c)
      .map((i) => features.slice(i * dimension, (i + 1) * dimension)),
    taught: false,
  }));
}

describe('statistics', () => {
  it('are the sums of the training samples, without those held back', async () => {
    const { training } = splitHoldout(dataset, 0.2, 5);
    const classes = await featuresOf(training);
    const { counts, directions } = snapshot.spec.statistics ?? {};
    expect(counts).toEqual(classes.map(({ rows }) => rows.length));
    expect(directions).toBe(dimension);
    const means = classes.flatMap(({ rows }) => [...meanOf(rows, dimension)]);
    expect(relativeError(tensor('statistics.means'), means)).toBeLessThan(1e-6);

    const covariance = scatterOf(classes, dimension).values.map((value) => value / 400);
    const kept = tensor('statistics.directions');
    const variances = tensor('statistics.variances');
    const column = (i: number) => kept.filter((_, at) => at % dimension === i);
    const columns = Array.from({ length: dimension }, (_, i) => column(i));
    const rebuilt = columns.flatMap((left, i) =>
      columns.map((right, j) => dot(left, right) + (i === j ? (variances[i] as number) : 0)),
    );
    // Directions are rounded to 8 bits.
    expect(relativeError(rebuilt, covariance)).toBeLessThan(0.01);

    const usualSquare = classes.reduce((sum, { rows }) => {
      const mean = meanOf(rows, dimension);
      return sum + (rows.length / 400) * dot(mean, mean);
    }, 0);
    const ridge = snapshot.spec.statistics?.ridge;
    const head = plainHead(classes, dimension, usualSquare, traceOf, ridge);
    const cosines = head.weights.map((weight, c) => {
      const own = tensor('head.weights').subarray(c * dimension, (c + 1) * dimension);
      return dot(own, weight) / Math.sqrt(dot(own, own) * dot(weight, weight));
    });
    expect(Math.min(...cosines)).toBeGreaterThan(0.998);
    expect(relativeError(tensor('head.expected'), head.expected)).toBeLessThan(0.02);
    expect(relativeError(tensor('head.deviations'), head.deviations)).toBeLessThan(0.02);
    expect(relativeError(tensor('head.reaches'), head.reaches)).toBeLessThan(1e-5);
  });

  it('have the ridge whose head decides most of the samples held back', async () => {
    const { training, holdout } = splitHoldout(dataset, 0.2, 5);
    const seen = await featuresOf(training);
    const held = await featuresOf(holdout);
    const usualSquare = seen.reduce((sum, { rows }) => {
      const mean = meanOf(rows, dimension);
      return sum + (rows.length / 400) * dot(mean, mean);
    }, 0);
    const rightAt = (ridge: number): number => {
      const { weights, offsets } = plainHead(seen, dimension, usualSquare, traceOf, ridge);
      const decided = (row: Float32Array): number => {
        const scores = weights.map((weight, c) => dot(weight, row) + (offsets[c] as number));
        return scores.indexOf(Math.max(...scores));
      };
      const right = held.flatMap(({ rows }, c) => rows.filter((row) => decided(row) === c));
      return right.length;
    };
    const rights = [0.01, 0.03, 0.1, 0.3, 1].map(rightAt);
    const chosen = rightAt(snapshot.spec.statistics?.ridge as number);
    // Stored directions are rounded, which may turn a sample.
    expect(Math.max(...rights) - chosen).toBeLessThanOrEqual(1);
  });

  it('give their ridge to what is learned later', async () => {
    const scoresAt = async (ridge: number): Promise<Float32Array> => {
      const statistics = { ...snapshot.spec.statistics, ridge } as StatisticsSpec;
      const model = await loadModel({ ...snapshot, spec: { ...snapshot.spec, statistics } });
      await model.learn(new Uint8Array(784).fill(200), 'grey');
      const { inputs } = gatherBatch(dataset, model.input, Uint32Array.of(0));
      return model.scores(inputs, 1).slice();
    };
    expect(relativeError(await scoresAt(0.01), await scoresAt(0.01))).toBe(0);
    expect(relativeError(await scoresAt(1), await scoresAt(0.01))).toBeGreaterThan(0.01);
  });

  it('are the same each time, leave the layers, and tell how far they are', async () => {
    const shares: number[] = [];
    const again = await addStatistics(bytes, dataset, (share) => shares.push(share));
    expect(again).toEqual(snapshot);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const { spec, weights } = readSnapshot(bytes);
    expect(snapshot.spec).toMatchObject({ ...spec });
    for (const [name, numbers] of weights) expect(snapshot.weights.get(name)).toEqual(numbers);
  });

  it('make familiarity what it says, for the samples held back', async () => {
    const model = await loadModel(snapshot);
    const { holdout } = splitHoldout(dataset, 0.2, 5);
    const samples = Array.from(holdout.labels, (_, i) =>
      holdout.inputs.subarray(i * 784, (i + 1) * 784),
    );
    const decided = await model.classifyBatch(samples);
    const below = (limit: number) =>
      decided.filter((one) => one.familiarity < limit).length / decided.length;
    expect(Math.abs(below(0.05) - 0.05)).toBeLessThan(0.021);
    expect(Math.abs(below(0.5) - 0.5)).toBeLessThan(0.021);
    model.dispose();
  });

  it('are those of the layers as they are stored', async () => {
    const plain = await loadModel(bytes);
    const small = await addStatistics(await plain.export('int8'), dataset);
    const means = toFloat32(small.weights.get('statistics.means') as Numbers);
    const error = relativeError(means, tensor('statistics.means'));
    expect(error).toBeGreaterThan(1e-5);
    expect(error).toBeLessThan(0.05);
    const model = await loadModel(await (await loadModel(small)).export('int8'));
    expect(model.spec).toEqual(small.spec);
    expect((await model.classify(dataset.inputs.subarray(0, 784))).label).toBe('0');
  });

  it('need samples of each class of the model, and no other', async () => {
    const indices = [...dataset.labels.keys()].filter((i) => dataset.labels[i] !== 3);
    const lacking = {
      ...dataset,
      inputs: Uint8Array.from(
        indices.flatMap((i) => [...dataset.inputs.subarray(i * 784, (i + 1) * 784)]),
      ),
      labels: Uint16Array.from(indices, (i) => dataset.labels[i] as number),
    };
    await expect(addStatistics(bytes, lacking)).rejects.toMatchObject({
      code: 'data/labels',
      message: expect.stringContaining('class "3"'),
    });
    const other = { ...dataset, classes: dataset.classes.with(3, 'three') };
    await expect(addStatistics(bytes, other)).rejects.toMatchObject({ code: 'data/labels' });
    const narrow = { ...dataset, width: 14, height: 56 };
    await expect(addStatistics(bytes, narrow)).rejects.toMatchObject({ code: 'input/shape' });
  });
});

function traceOf(covariance: Square): number {
  return covariance.inverse().trace;
}

describe('directions of a covariance', () => {
  /** Σ of `rank` strong directions, and a little of everything. */
  function spiked(order: number, rank: number): Float32Array {
    const random = new Random(order);
    const matrix = new Float32Array(order * order);
    for (let k = 0; k < rank; k++) {
      const direction = random.normals(order, 2 ** -(k / 2));
      for (let at = 0; at < matrix.length; at++) {
        const product =
          (direction[Math.floor(at / order)] as number) * (direction[at % order] as number);
        matrix[at] = (matrix[at] as number) + product;
      }
    }
    for (let i = 0; i < order; i++)
      matrix[i * order + i] = (matrix[i * order + i] as number) + 0.01;
    return matrix;
  }

  function rebuilt(directions: Float32Array, variances: Float32Array, order: number): number[] {
    return Array.from({ length: order * order }, (_, at) => {
      const [i, j] = [Math.floor(at / order), at % order];
      let sum = i === j ? (variances[i] as number) : 0;
      for (let k = 0; k < directions.length; k += order) {
        sum += (directions[k + i] as number) * (directions[k + j] as number);
      }
      return sum;
    });
  }

  it.each([
    [30, 6, 6],
    [30, 6, 12],
    [30, 6, 30],
    [1, 1, 1],
  ])('of order %i with %i strong ones are found among %i', async (order, strong, rank) => {
    const covariance = spiked(order, strong);
    const backend = new SimdBackend(await nodeKernels());
    const found = covarianceDirections(backend, covariance, order, rank);
    const [directions, variances] = [toFloat32(found.directions), found.variances];
    expect(directions).toHaveLength(rank * order);
    expect(relativeError(rebuilt(directions, variances, order), covariance)).toBeLessThan(0.02);
    expect(variances.every((variance) => variance >= 0)).toBe(true);
    // Where rounding leaves too little, variances make up for it.
    const diagonal = (numbers: ArrayLike<number>) =>
      Array.from({ length: order }, (_, i) => numbers[i * order + i] as number);
    const own = diagonal(rebuilt(directions, variances, order));
    expect(relativeError(own, diagonal(covariance))).toBeLessThan(0.005);
  });

  it('of nothing are nothing', async () => {
    const backend = new SimdBackend(await nodeKernels());
    const { directions, variances } = covarianceDirections(backend, new Float32Array(36), 6, 3);
    expect([...directions.values, ...variances].every((value) => value === 0)).toBe(true);
  });
});

describe('calibration', () => {
  /** Three classes whose scores are the features, and whose samples are at 9 along their axis. */
  async function axes(): Promise<Readout> {
    const identity = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    const head = {
      labels: ['a', 'b', 'c'],
      weights: identity,
      offsets: new Float32Array(3),
      expected: new Float32Array(3).fill(2),
      deviations: new Float32Array(3).fill(2),
      means: identity.map((value) => 3 * value),
      reaches: new Float32Array(3).fill(9),
    };
    return new Readout(new SimdBackend(await nodeKernels()), head, 3);
  }

  async function calibrated(rows: number[][], labels: number[]) {
    const batches = [];
    for (let i = 0; i < rows.length; i += 7) {
      batches.push({
        features: Float32Array.from(rows.slice(i, i + 7).flat()),
        labels: Uint16Array.from(labels.slice(i, i + 7)),
      });
    }
    return calibrate(await axes(), batches);
  }

  it('finds the sharpness that labels are likeliest at', async () => {
    const random = new Random(11);
    const rows = Array.from({ length: 400 }, () => [...random.normals(3, 4)]);
    // Labels are drawn at a factor of 0.6; the expected scores are 2.
    const labels = rows.map((row) => {
      const odds = row.map((score) => Math.exp(0.6 * score));
      const drawn = random.uniform() * odds.reduce((sum, value) => sum + value, 0);
      const ends = odds.map((_, c) => odds.slice(0, c + 1).reduce((sum, value) => sum + value));
      return Math.min(2, ends.filter((end) => end <= drawn).length);
    });
    const { sharpness } = await calibrated(rows, labels);
    const factor = sharpness / 2;
    expect(factor).toBeGreaterThan(0.5);
    expect(factor).toBeLessThan(0.72);
    const loss = (t: number) =>
      rows.reduce((sum, row, n) => {
        const own = row[labels[n] as number] as number;
        return sum + Math.log(row.reduce((total, score) => total + Math.exp(t * (score - own)), 0));
      }, 0);
    for (const other of [0.97, 0.99, 1.01, 1.03]) {
      expect(loss(factor)).toBeLessThanOrEqual(loss(other * factor) + 1e-3);
    }
  });

  it('sets quantiles of typicality to what familiarity says', async () => {
    const random = new Random(12);
    const rows = Array.from({ length: 1000 }, () => [10 + random.normal(), 0, 0]);
    const calibration = await calibrated(
      rows,
      rows.map(() => 0),
    );
    const readout = await axes();
    const values = rows.map((row) => {
      const own = Float32Array.from(row);
      return familiarity(readout.typicality(own, own, calibration), calibration);
    });
    const below = (limit: number) => values.filter((value) => value < limit).length / 1000;
    expect(below(0.05)).toBeCloseTo(0.05, 2);
    expect(below(0.5)).toBeCloseTo(0.5, 2);
  });

  it('finds how far samples are from what is expected along the mean of their class', async () => {
    const rows = [
      [9.5, 0, 0],
      [1, 7.5, 0],
      [0, 4, 8],
    ];
    const { reach } = await calibrated(rows, [0, 1, 2]);
    expect(reach).toBeCloseTo((0.5 + 1.5 + 1) / 3, 6);
  });

  it('makes strange what is so by its score, by its length, or by both', async () => {
    const readout = await axes();
    const typicality = (...row: number[]) => {
      const features = Float32Array.from(row);
      return readout.typicality(Float32Array.of(2, 0, 0), features, { reach: 0.5 });
    };
    const usual = typicality(9, 0, 0);
    expect(usual).toBeCloseTo(-Math.log(2), 6);
    // Four units too short, whatever else it has.
    expect(typicality(7, 0, 0)).toBeCloseTo(-Math.log(1 + Math.exp(4)), 5);
    expect(typicality(7, 5, 5)).toBeCloseTo(typicality(7, 0, 0), 6);
    // Of what is too long, only the score can tell.
    expect(typicality(1e3, 0, 0)).toBeCloseTo(0, 6);
    const low = readout.typicality(Float32Array.of(-6, -7, -8), Float32Array.of(7, 0, 0), {
      reach: 0.5,
    });
    expect(low).toBeCloseTo(-4 - Math.log(2), 5);
  });

  it('stays finite for one sample, and where all are right or all wrong', async () => {
    for (const [rows, labels] of [
      [[[5, 0, 0]], [0]],
      [[[5, 0, 0]], [2]],
      [new Array(20).fill([1e4, 0, -1e4]), new Array(20).fill(2)],
      [new Array(20).fill([1e4, 0, -1e4]), new Array(20).fill(0)],
      [[[0, 0, 0]], [1]],
    ] as [number[][], number[]][]) {
      const { sharpness, reach, middle, spread } = await calibrated(rows, labels);
      expect(reach).toBeGreaterThan(0);
      expect(sharpness).toBeGreaterThanOrEqual(2e-3);
      expect(sharpness).toBeLessThanOrEqual(200);
      expect(Number.isFinite(middle)).toBe(true);
      expect(spread).toBeGreaterThan(0);
    }
  });
});
