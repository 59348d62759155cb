/** No engine is timed before its votes are right: against plain loops in float64. */
import { inputSize } from '../../sdk/src/data/input-spec.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { prepareLayers } from '../../sdk/src/hff/layer-kinds.ts';
import { Network } from '../../sdk/src/hff/network.ts';
import { PlainBackend } from '../../test/support/plain-backend.ts';
import type { Engine } from './engine.ts';

/**
 * Looks at the first and the last sample of each batch, since plain loops are slow.
 * @param batches standardised samples, as many in each as the engines were made for
 * @throws Error that names the first engine whose votes are not within its tolerance
 */
export async function checkVotes(
  engines: readonly Engine[],
  { spec, weights }: Snapshot,
  batches: readonly Float32Array[],
): Promise<void> {
  const backend = new PlainBackend();
  await prepareLayers(backend, spec.network);
  const plain = new Network(backend, spec.network, weights);
  const size = inputSize(spec.input);
  const classes = spec.labels.length;
  for (const x of batches) {
    const rows = x.length / size;
    for (const row of new Set([0, rows - 1])) {
      const expected = plain.votes(x.subarray(row * size, (row + 1) * size), 1);
      for (const { name, tolerance, classify } of engines) {
        const all = await classify(x);
        const votes = all.slice(row * classes, (row + 1) * classes);
        const error = Math.max(...expected.map((vote, c) => Math.abs(vote - (votes[c] as number))));
        if (all.length !== rows * classes || !(error <= tolerance)) {
          throw new Error(
            `${name}, sample ${row}: expected votes within ${tolerance} of ${expected}, got ${votes} of ${all.length} (off by ${error}).`,
          );
        }
      }
    }
  }
}
