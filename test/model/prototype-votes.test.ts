/** Prototypes and sums in one decision, beside the formula in plain loops: `prototype-votes.ts`. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../sdk/src/backend/backend.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { type Head, Readout } from '../../sdk/src/readout.ts';
import { startEngine } from '../format/start-engine.ts';
import { dot } from '../learn/plain-head.ts';

const [classes, size, rows, share] = [5, 6, 40, 0.75];
const random = new Random(11);
const votes = random.normals(classes * size, 1);
/** Learned later: the prototypes do not know it. */
const learned = 3;
votes.fill(0, learned * size, (learned + 1) * size);
const bySums: Head = {
  labels: ['a', 'b', 'c', 'learned', 'd'],
  weights: random.normals(classes * size, 1),
  offsets: random.normals(classes, 1),
  expected: Float32Array.of(1, 2, 3, 40, 2),
  deviations: new Float32Array(classes).fill(1),
  means: random.normals(classes * size, 1),
  reaches: random.normals(classes, 1),
};
const features = random.normals(rows * size, 1);
const known = [0, 1, 2, 4];
/** Mean of what is expected of the known. */
const unit = 2;

const sampleOf = (n: number): Float32Array => features.subarray(n * size, (n + 1) * size);
const voteOf = (n: number, c: number): number =>
  dot(votes.subarray(c * size, (c + 1) * size), sampleOf(n));

describe('a decision by sums and prototypes', () => {
  let backend: Backend;
  let sums: Float32Array;
  let both: Float32Array;
  const row = (scores: Float32Array, n: number): Float32Array =>
    scores.subarray(n * classes, (n + 1) * classes);

  beforeAll(async () => {
    backend = await startEngine();
    sums = new Readout(backend, bySums, size).scores(features, rows);
    const head = { ...bySums, votes: { share, weights: votes } };
    both = new Readout(backend, head, size).scores(features, rows);
  });

  it('tells known classes apart by a share of both', () => {
    for (let n = 0; n < rows; n++) {
      const [own, joined] = [row(sums, n), row(both, n)];
      const wanted = (c: number): number =>
        (1 - share) * (own[c] as number) + share * unit * voteOf(n, c);
      for (const c of known) {
        const difference = (joined[c] as number) - (joined[0] as number);
        expect(difference).toBeCloseTo(wanted(c) - wanted(0), 4);
      }
    }
  });

  it('gives the best of them the best score among them, and leaves all others', () => {
    for (let n = 0; n < rows; n++) {
      const [own, joined] = [row(sums, n), row(both, n)];
      const best = (scores: Float32Array): number =>
        Math.max(...known.map((c) => scores[c] as number));
      expect(best(joined)).toBeCloseTo(best(own), 4);
      expect(joined[learned]).toBe(own[learned]);
    }
  });

  it('is that of the sums where no class has votes', () => {
    const none = { ...bySums, votes: { share, weights: new Float32Array(classes * size) } };
    expect(new Readout(backend, none, size).scores(features, rows)).toEqual(sums);
  });

  it('sees votes that are not finite', () => {
    const weights = votes.slice();
    weights[7] = Number.NaN;
    expect(new Readout(backend, { ...bySums, votes: { share, weights } }, size).isFinite).toBe(
      false,
    );
  });
});
