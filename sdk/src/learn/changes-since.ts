/** What one who knows less lacks: only that, as far as rows are still at hand one by one. */
import { cellSince } from './cell.ts';
import type { Changes, ReplicaChanges } from './changes.ts';
import type { Replica } from './replica.ts';
import { sorted, type Tables } from './tables.ts';

/** Changes known of each replica, by its name. */
export type Versions = Readonly<Record<string, number>>;

export function changesSince(
  { replicas, tombstones, names }: Tables,
  versions: Versions,
): Pick<Changes, 'replicas' | 'tombstones' | 'names'> {
  const knownOf = (replica: string): number =>
    Object.hasOwn(versions, replica) ? (versions[replica] as number) : 0;
  // Who knows a replica's change knows what classes it forgot or renamed.
  const isNew = ({ replica, version }: { replica: string; version: number }): boolean =>
    version > knownOf(replica);
  return {
    replicas: sorted(replicas).flatMap(([name, replica]) =>
      replicaSince(name, replica, knownOf(name)),
    ),
    tombstones: sorted(tombstones).filter(([, tombstone]) => isNew(tombstone)),
    names: sorted(names).filter(([, name]) => isNew(name)),
  };
}

function replicaSince(
  name: string,
  { version, settled, ahead }: Replica,
  known: number,
): ReplicaChanges[] {
  const parts = ahead.filter((part) => part.version > known);
  if (version <= known) return parts;
  const cells = sorted(settled).flatMap(([id, cell]) => cellSince(id, cell, known) ?? []);
  return [{ replica: name, since: known, version, cells }, ...parts];
}
