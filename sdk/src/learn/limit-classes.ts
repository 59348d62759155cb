/** How many classes a state may know, so that no peer can fill a device's memory with names. */
import { HffError } from '../error.ts';
import type { Tables } from './tables.ts';

const most = 100_000;

/**
 * Forgotten and renamed classes count too, since other replicas have yet to hear of them.
 * @param added ids about to be added
 * @throws HffError `learn/too-many`
 */
export function limitClasses(tables: Tables, added: readonly string[] = []): void {
  const { bases, tombstones, names, replicas } = tables;
  const maps = [bases, tombstones, names, ...[...replicas.values()].map(({ cells }) => cells)];
  // Mostly few enough even if no id is in two of them, which needs no look at each.
  if (maps.reduce((sum, map) => sum + map.size, added.length) <= most) return;
  const { size } = new Set([...maps.flatMap((map) => [...map.keys()]), ...added]);
  if (size <= most) return;
  throw new HffError(
    'learn/too-many',
    `Classes: expected at most ${most}, forgotten and renamed ones included, got ${size}.`,
  );
}
