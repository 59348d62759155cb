/** Learned changes as bytes: what `read-changes.ts` reads. */
import type { CellChange, Changes } from '../learn/changes.ts';
import { changesFormat, type StoredCell, type StoredChanges } from './read-changes.ts';
import type { StoredTensor } from './safetensors.ts';
import { writeSafetensors } from './write-safetensors.ts';

/** The same changes give the same bytes, whoever made them. */
export function writeChanges(changes: Changes): Uint8Array {
  const { fingerprint, dimension, replicas, tombstones, names, revoked } = changes;
  const stored: StoredChanges = {
    fingerprint,
    dimension,
    replicas: replicas.map(({ replica, since, version, cells }) => ({
      replica,
      since,
      version,
      cells: cells.map(withoutNumbers),
    })),
    tombstones,
    names,
    revoked,
  };
  const moments = replicas.flatMap(({ cells }) => cells.map((cell) => cell.moments));
  const folded = moments.flatMap((each) => each.folded ?? []);
  const rows = moments.flatMap(({ plus, minus }) => [...plus, ...minus]);
  const tensors = new Map<string, StoredTensor>();
  const put = (
    name: string,
    type: typeof Float32Array | typeof Float64Array,
    all: readonly (Float32Array | Float64Array)[],
  ): void => {
    const length = all[0]?.length ?? 0;
    const values = new type(all.length * length);
    all.forEach((row, i) => {
      values.set(row, i * length);
    });
    if (length > 0) tensors.set(name, { shape: [all.length, length], values });
  };
  put('rows', Float32Array, rows);
  put(
    'sums',
    Float64Array,
    folded.map(({ sum }) => sum),
  );
  put(
    'triangles',
    Float64Array,
    folded.map(({ triangle }) => triangle),
  );
  const metadata = new Map([
    ['format', changesFormat.name],
    ['format_version', String(changesFormat.version)],
    ['changes', JSON.stringify(stored)],
  ]);
  return writeSafetensors({ metadata, tensors });
}

function withoutNumbers(cell: CellChange): StoredCell {
  const { id, generation, isWhole, plusAt, minusAt, reshapedAt, moments } = cell;
  const foldedCount = moments.folded?.count ?? null;
  return { id, generation, isWhole, plusAt, minusAt, reshapedAt, foldedCount };
}
