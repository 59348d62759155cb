/**
 * How much the prototypes of base training know better than its sums: as much as samples held back find
 * best. Where each class has one prototype in each voter, and the voters' units are features, votes are
 * v_c · f with v_c = κ P_c / E: κ makes a vote as much as a score of the base's head, E is the mean score
 * that it expects of classes' own samples (`../prototype-votes.ts` says what is done with them).
 *
 * Legend: B base classes, D features, N samples.
 */
import { type Numbers, toFloat32 } from '../backend/numbers.ts';
import { kindOf } from '../hff/layer-kinds.ts';
import type { LayerSpec } from '../hff/layer-spec.ts';
import {
  featureLayers,
  featureSize,
  type NetworkSpec,
  type NetworkWeights,
} from '../hff/network.ts';
import type { PrototypeVotes } from '../prototype-votes.ts';
import type { Head } from '../readout.ts';
import type { LabelledFeatures } from './calibrate.ts';
import { type LabelledScores, likeliestFactor } from './likeliest-factor.ts';

/** Shares that are tried. */
const shares = [0.25, 0.5, 0.75, 1] as const;

/**
 * @param head of the base's sums
 * @param held samples that training did not see
 * @returns null where votes are not linear in the features, or held-back samples are likelier without
 */
export function prototypeVotes(
  network: NetworkSpec,
  weights: NetworkWeights,
  head: Head,
  held: readonly LabelledFeatures[],
): PrototypeVotes | null {
  const prototypes = meanPrototypes(network, weights);
  if (!prototypes) return null;
  const headWeights = toFloat32(head.weights);
  const classes = head.labels.length;
  const own = scoresOf(held, headWeights, head.offsets);
  const votes = scoresOf(held, prototypes, new Float32Array(classes));
  const alone = likeliestFactor(own);
  const unit = likeliestFactor(votes).factor / alone.factor;
  let best = { share: 0, loss: alone.loss };
  for (const share of shares) {
    const { loss } = likeliestFactor(
      own.map(({ scores, label }, n) => ({
        scores: scores.map((score, c) => score + share * (unit * voteOf(votes, n, c) - score)),
        label,
      })),
    );
    if (loss < best.loss) best = { share, loss };
  }
  const expected = head.expected.reduce((sum, score) => sum + score, 0) / classes;
  if (best.share === 0 || !(expected > 0)) return null;
  return { share: best.share, weights: prototypes.map((value) => (unit / expected) * value) };
}

function voteOf(votes: readonly LabelledScores[], n: number, c: number): number {
  return votes[n]?.scores[c] as number;
}

/** P [B, D]: the voters' prototypes at the places of their units, over the number of voters. */
function meanPrototypes(network: NetworkSpec, weights: NetworkWeights): Float32Array | null {
  const { layers, voters } = network;
  const size = featureSize(network);
  const voterLayers = voters.map((voter) => layers[voter] as LayerSpec);
  const single = voterLayers.every(
    (layer) => layer.type !== 'given' && layer.prototypes.every((count) => count === 1),
  );
  const places = new Map<number, number>();
  let start = 0;
  for (const index of featureLayers(network)) {
    places.set(index, start);
    const layer = layers[index] as LayerSpec;
    start += kindOf(layer).unitSize(layer);
  }
  if (!single || !voters.every((voter) => places.has(voter))) return null;
  let mean: Float32Array | null = null;
  for (const voter of voters) {
    const prototypes = toFloat32(weights.get(`layers.${voter}.prototypes`) as Numbers);
    const layer = layers[voter] as LayerSpec;
    const width = kindOf(layer).unitSize(layer);
    mean ??= new Float32Array((prototypes.length / width) * size);
    const place = places.get(voter) as number;
    for (let i = 0; i < prototypes.length; i++) {
      const at = Math.floor(i / width) * size + place + (i % width);
      mean[at] = (prototypes[i] as number) / voters.length;
    }
  }
  return mean;
}

/** Of each sample, w_c · f + o_c. */
function scoresOf(
  held: readonly LabelledFeatures[],
  weights: Float32Array,
  offsets: Float32Array,
): LabelledScores[] {
  return held.flatMap(({ features, labels }) => {
    const size = features.length / labels.length;
    return Array.from(labels, (label, n) => {
      const scores = offsets.map((offset, c) => {
        let score = offset;
        for (let i = 0; i < size; i++) {
          score += (weights[c * size + i] as number) * (features[n * size + i] as number);
        }
        return score;
      });
      return { scores, label };
    });
  });
}
