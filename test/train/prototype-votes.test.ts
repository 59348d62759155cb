/** The say of prototypes in a head: `train/prototype-votes.ts`. */
import { describe, expect, it } from 'vitest';
import type { LayerSpec } from '../../sdk/src/hff/layer-spec.ts';
import type { NetworkSpec, NetworkWeights } from '../../sdk/src/hff/network.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import type { PrototypeVotes } from '../../sdk/src/prototype-votes.ts';
import type { Head } from '../../sdk/src/readout.ts';
import { likeliestFactor } from '../../sdk/src/train/likeliest-factor.ts';
import { prototypeVotes } from '../../sdk/src/train/prototype-votes.ts';
import { dot } from '../learn/plain-head.ts';
import { relativeError } from '../support/close.ts';

const [first, second, classes, samples] = [4, 5, 3, 300];
const dimension = first + second;
const random = new Random(7);
const dense = (inputs: number, units: number, prototypes = 1): LayerSpec => ({
  type: 'dense',
  inputs,
  units,
  prototypes: new Array(classes).fill(prototypes),
});
const network: NetworkSpec = {
  layers: [dense(2, first), dense(first, second)],
  sharpness: 30,
  scale: 20,
  voters: [1],
};
/** Score of a class's own samples in the head. */
const expected = 3;
const prototypes = random.normals(classes * second, 1);
const weights: NetworkWeights = new Map([
  ['layers.0.prototypes', random.normals(classes * first, 1)],
  ['layers.1.prototypes', prototypes],
]);
const features = random.normals(samples * dimension, 0.3);
const head: Head = {
  labels: ['a', 'b', 'c'],
  weights: random.normals(classes * dimension, 1),
  offsets: random.normals(classes, 1),
  expected: new Float32Array(classes).fill(expected),
  deviations: new Float32Array(classes).fill(1),
  means: new Float32Array(classes * dimension),
  reaches: new Float32Array(classes),
};

const sampleOf = (n: number): Float32Array => features.subarray(n * dimension, (n + 1) * dimension);
const votesOf = (n: number): Float32Array =>
  Float32Array.from({ length: classes }, (_, c) =>
    dot(prototypes.subarray(c * second, (c + 1) * second), sampleOf(n).subarray(first)),
  );
const scoresBy = ({ weights, offsets }: Head, n: number): Float32Array =>
  offsets.map((offset, c) => {
    const own = (weights as Float32Array).subarray(c * dimension, (c + 1) * dimension);
    return offset + dot(own, sampleOf(n));
  });
const heldBy = (scores: (n: number) => Float32Array, noise: number) => {
  const labels = Uint16Array.from({ length: samples }, (_, n) => {
    const noisy = scores(n).map((score) => score + noise * random.normal());
    return noisy.indexOf(Math.max(...noisy));
  });
  return [{ features, labels }];
};

/** Differences of a head's scores from that of the first class, of all samples. */
const differences = (scores: (n: number) => Float32Array): number[] =>
  Array.from({ length: samples }, (_, n) => scores(n)).flatMap((own) =>
    Array.from(own, (score) => score - (own[0] as number)),
  );

/** The differences of the scores that both give, by the formula. */
const byBoth = ({ share, weights: votes }: PrototypeVotes): number[] =>
  differences((n) =>
    scoresBy(head, n).map((score, c) => {
      const own = (votes as Float32Array).subarray(c * dimension, (c + 1) * dimension);
      return (1 - share) * score + share * expected * dot(own, sampleOf(n));
    }),
  );

describe('votes of prototypes', () => {
  it('give prototypes all say where they alone are right', () => {
    const found = prototypeVotes(network, weights, head, heldBy(votesOf, 0.3));
    expect(found?.share).toBe(1);
    const own = byBoth(found as PrototypeVotes);
    const votes = differences(votesOf);
    const unit = dot(own, votes) / dot(votes, votes);
    expect(unit).toBeGreaterThan(0);
    expect(
      Math.max(...own.map((value, i) => Math.abs(value - unit * (votes[i] as number)))),
    ).toBeLessThan(1e-4 * unit);
  });

  it('give them a share of the log-odds where both know something', () => {
    const both = (n: number): Float32Array => {
      const votes = votesOf(n);
      return scoresBy(head, n).map((score, c) => score + (votes[c] as number));
    };
    const held = heldBy(both, 0.1);
    const found = prototypeVotes(network, weights, head, held) as PrototypeVotes;
    expect(found.share).toBeGreaterThan(0);
    expect(found.share).toBeLessThan(1);
    const labelled = (scores: (n: number) => Float32Array) =>
      Array.from(held[0]?.labels ?? [], (label, n) => ({ scores: scores(n), label }));
    const unit =
      likeliestFactor(labelled(votesOf)).factor /
      likeliestFactor(labelled((n) => scoresBy(head, n))).factor;
    const own = byBoth(found);
    const wanted = differences((n) => {
      const votes = votesOf(n);
      return scoresBy(head, n).map(
        (score, c) => (1 - found.share) * score + found.share * unit * (votes[c] as number),
      );
    });
    expect(
      Math.max(...own.map((value, i) => Math.abs(value - (wanted[i] as number)))),
    ).toBeLessThan(1e-3);
  });

  it('are none where the sums know best', () => {
    const held = heldBy((n) => scoresBy(head, n), 0);
    expect(prototypeVotes(network, weights, head, held)).toBeNull();
  });

  it.each<[string, NetworkSpec]>([
    ['several prototypes', { ...network, layers: [dense(2, first), dense(first, second, 2)] }],
    ['a voter whose units are no features', { ...network, features: [0] }],
  ])('are none for %s', (_, other) => {
    const size = other.features ? first : dimension;
    const narrow = { ...head, weights: random.normals(classes * size, 1) };
    const held = [
      { features: random.normals(samples * size, 1), labels: new Uint16Array(samples) },
    ];
    expect(prototypeVotes(other, weights, narrow, held)).toBeNull();
  });

  it('are of the mean vote of several voters', () => {
    const voters = { ...network, voters: [0, 1] };
    const own = weights.get('layers.0.prototypes') as Float32Array;
    const mean = (n: number): Float32Array =>
      votesOf(n).map(
        (vote, c) =>
          (vote + dot(own.subarray(c * first, (c + 1) * first), sampleOf(n).subarray(0, first))) /
          2,
      );
    const found = prototypeVotes(voters, weights, head, heldBy(mean, 0.3)) as PrototypeVotes;
    expect(found.share).toBeGreaterThan(0.5);
    const both = Array.from({ length: classes }, (_, c) => [
      ...own.subarray(c * first, (c + 1) * first),
      ...prototypes.subarray(c * second, (c + 1) * second),
    ]).flat();
    const unit = dot(found.weights as Float32Array, both) / dot(both, both);
    expect(unit).toBeGreaterThan(0);
    expect(
      relativeError(
        found.weights as Float32Array,
        both.map((value) => unit * value),
      ),
    ).toBeLessThan(1e-5);
  });
});
