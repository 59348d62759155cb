/**
 * Tables take in changes. This is commutative, associative and idempotent, so replicas agree in
 * whatever order, grouping and number changes arrive. It is a delta-state replicated data type
 * (Almeida, Shoker and Baquero 2018).
 */
import type { Changes, Name, ReplicaChanges, Stamp, Tombstone } from './changes.ts';
import {
  dropAll,
  dropForgotten,
  type Replica,
  takeReplicaChanges,
  unknownReplica,
} from './replica.ts';
import type { Tables } from './tables.ts';

/** @returns the same tables where all is known already */
export function joinChanges(tables: Tables, changes: Changes, dimension: number): Tables {
  const tombstones = joinMaps(tables.tombstones, tombstonesIn(changes), isStronger);
  const names = joinMaps(tables.names, changes.names, isLater);
  const revoked = joinMaps(tables.revoked, changes.revoked, isFirst);
  const generation = (id: string): number => tombstones.get(id)?.count ?? 0;
  const raised = [...tombstones.keys()].filter(
    (id) => generation(id) > (tables.tombstones.get(id)?.count ?? 0),
  );
  const replicas = new Map<string, Replica>();
  for (const [name, replica] of tables.replicas) {
    replicas.set(name, dropForgotten(replica, raised, generation));
  }
  for (const [name, parts] of partsByReplica(changes)) {
    const before = replicas.get(name) ?? unknownReplica;
    const after = takeReplicaChanges(before, parts, dimension);
    // Of a revoked one nothing counts, and nothing waits.
    if (after === before || (revoked.has(name) && after.version === before.version)) continue;
    replicas.set(name, dropForgotten(after, after.cells.keys(), generation));
  }
  for (const name of revoked.keys()) {
    const replica = replicas.get(name);
    if (replica) replicas.set(name, dropAll(replica));
  }
  const isNews =
    tombstones !== tables.tombstones ||
    names !== tables.names ||
    revoked !== tables.revoked ||
    [...replicas].some(([name, replica]) => replica !== tables.replicas.get(name));
  return isNews ? { bases: tables.bases, replicas, tombstones, names, revoked } : tables;
}

function partsByReplica({ replicas }: Changes): ReadonlyMap<string, ReplicaChanges[]> {
  const parts = new Map<string, ReplicaChanges[]>();
  for (const part of replicas) {
    const others = parts.get(part.replica);
    if (others) others.push(part);
    else parts.set(part.replica, [part]);
  }
  return parts;
}

/** Those that are told, and those that only show in what was learned afterwards. */
function* tombstonesIn({ tombstones, replicas }: Changes): Iterable<readonly [string, Tombstone]> {
  yield* tombstones;
  for (const { id, generation: count } of replicas.flatMap(({ cells }) => cells)) {
    if (count > 0) yield [id, { count, replica: '', version: 0 }];
  }
}

/** The same map where nothing wins. */
function joinMaps<T>(
  known: ReadonlyMap<string, T>,
  news: Iterable<readonly [id: string, value: T]>,
  wins: (a: T, b: T) => boolean,
): ReadonlyMap<string, T> {
  let joined: Map<string, T> | undefined;
  for (const [id, value] of news) {
    const other = (joined ?? known).get(id);
    if (other !== undefined && !wins(value, other)) continue;
    joined ??= new Map(known);
    joined.set(id, value);
  }
  return joined ?? known;
}

// Of those of the same count or time, any will do that wins everywhere.

function isStronger(a: Tombstone, b: Tombstone): boolean {
  return a.count === b.count ? a.replica > b.replica : a.count > b.count;
}

function isFirst(a: Stamp, b: Stamp): boolean {
  return a.replica === b.replica ? a.version < b.version : a.replica < b.replica;
}

function isLater(a: Name, b: Name): boolean {
  return a.time === b.time ? a.replica > b.replica : a.time > b.time;
}
