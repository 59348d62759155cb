/** No engine is timed before its votes are right: against plain loops in float64. */
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { Network } from '../../sdk/src/hff/network.ts';
import { PlainBackend } from '../../test/support/plain-backend.ts';
import type { Engine } from './engine.ts';

/** @throws Error that names the first engine whose votes are not within its tolerance */
export async function checkVotes(
  engines: readonly Engine[],
  { spec, weights }: Snapshot,
  samples: readonly Float32Array[],
): Promise<void> {
  const plain = new Network(new PlainBackend(), spec.network, weights);
  for (const x of samples) {
    const expected = plain.vote(plain.forward(x, 1));
    for (const { name, tolerance, classify } of engines) {
      const votes = await classify(x);
      const error = Math.max(...expected.map((vote, c) => Math.abs(vote - (votes[c] as number))));
      if (votes.length !== expected.length || !(error <= tolerance)) {
        throw new Error(
          `${name}: expected votes within ${tolerance} of ${expected}, got ${votes} (off by ${error}).`,
        );
      }
    }
  }
}
