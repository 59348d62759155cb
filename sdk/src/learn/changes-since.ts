/** What one who knows less lacks: only that, as far as rows are still at hand one by one. */
import { cellSince } from './cell.ts';
import type { Changes, ModelIdentity, ReplicaChanges, Stamp } from './changes.ts';
import type { Replica } from './replica.ts';
import { sorted, type Tables } from './tables.ts';

/** Changes known of each replica, by its name. */
export type Versions = Readonly<Record<string, number>>;

export function changesSince(
  { replicas, tombstones, names, revoked }: Tables,
  versions: Versions,
): Omit<Changes, keyof ModelIdentity> {
  const knownOf = (replica: string): number =>
    Object.hasOwn(versions, replica) ? (versions[replica] as number) : 0;
  const isNew = ({ replica, version }: Stamp): boolean => version > knownOf(replica);
  return {
    replicas: sorted(replicas).flatMap(([name, replica]) =>
      replicaSince(name, replica, knownOf(name)),
    ),
    tombstones: sorted(tombstones).filter(([, tombstone]) => isNew(tombstone)),
    names: sorted(names).filter(([, name]) => isNew(name)),
    revoked: sorted(revoked).filter(([, stamp]) => isNew(stamp)),
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
