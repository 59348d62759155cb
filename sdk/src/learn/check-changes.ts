/** Looks through what is said to be changes before anything is taken from it. */
import { HffError } from '../error.ts';
import type { CellChange, Changes, Name, ReplicaChanges, Stamp, Tombstone } from './changes.ts';
import { isLabel } from './check-label.ts';
import { rowLimit, triangleLength } from './fold.ts';
import { isNothing, type Moments } from './moments.ts';

type Stamped = readonly [replica: string, stamp: Stamp, ...unknown[]];

/** Larger ones fill no memory by themselves, but sums over them would be no numbers any more. */
const largestDimension = 1_000_000;

/**
 * The same changes and nothing else, their arrays not copied.
 * @throws HffError `learn/malformed`, naming the part
 */
export function checkChanges(data: Changes): Changes {
  let part = 'head';
  const expect = (ok: boolean): void => {
    if (!ok) throw new RangeError(part);
  };
  const expectId = (id: string): void => {
    // A pattern takes an array of one text for that text.
    expect(typeof id === 'string');
    const [, n, label] = /^([1-9]\d{0,14}):(.+)$/s.exec(id) ?? [];
    expect(n !== undefined && isLabel(label));
  };
  const readStamp = ({ replica, version }: Stamp): Stamp => {
    expect(isReplica(replica) && isCount(version));
    return { replica, version };
  };
  const readTombstone = ({ count, ...stamp }: Tombstone): Tombstone => {
    expect(isCount(count));
    return { count, ...readStamp(stamp) };
  };
  const readName = ({ label, time, ...stamp }: Name): Name => {
    expect(isLabel(label) && isCount(time));
    return { label, time, ...readStamp(stamp) };
  };
  const readById = <T>(entries: readonly (readonly [string, T])[], read: (value: T) => T) =>
    entries.map(([id, value, ...more]: readonly [string, T, ...unknown[]]): [string, T] => {
      expectId(id);
      expect(more.length === 0);
      return [id, read(value)];
    });
  try {
    const { fingerprint, dimension } = data;
    expect(isText(fingerprint) && isCount(dimension) && dimension <= largestDimension);
    part = 'tombstones';
    const tombstones = readById(data.tombstones, readTombstone);
    part = 'names';
    const names = readById(data.names, readName);
    part = 'revoked';
    const revoked = data.revoked.map(([replica, stamp, ...more]: Stamped): [string, Stamp] => {
      expect(isReplica(replica) && more.length === 0);
      return [replica, readStamp(stamp)];
    });
    part = 'replicas';
    const replicas = data.replicas.map(({ replica, since, version, cells }): ReplicaChanges => {
      expect(isReplica(replica) && isCount(version));
      expect(since === 0 || (isCount(since) && since < version));
      expect(new Set(cells.map(({ id }) => id)).size === cells.length);
      const read = cells.map((cell) => {
        expectId(cell.id);
        return readCell(cell, since, version, dimension, expect);
      });
      return { replica, since, version, cells: read };
    });
    return { fingerprint, dimension, replicas, tombstones, names, revoked };
  } catch (cause) {
    if (cause instanceof HffError) throw cause;
    throw new HffError(
      'learn/malformed',
      `Learned changes: expected what changesSince() gives, got other ${part}. They are damaged or of another kind.`,
      { cause },
    );
  }
}

function readCell(
  { id, generation, isWhole, moments, plusAt, minusAt, reshapedAt }: CellChange,
  since: number,
  version: number,
  dimension: number,
  expect: (ok: boolean) => void,
): CellChange {
  expect(generation === 0 || isCount(generation));
  expect(typeof isWhole === 'boolean');
  expect(reshapedAt === 0 || (isCount(reshapedAt) && reshapedAt <= version));
  const read = readMoments(moments, dimension, expect);
  if (isWhole) expect(read.plus.length + read.minus.length < rowLimit(read, dimension));
  else expect(!read.folded && !isNothing(read));
  const readTimes = (at: readonly number[], rows: readonly Float32Array[]): number[] => {
    expect(at.length === rows.length);
    at.forEach((time, i) => {
      const least = i > 0 ? (at[i - 1] as number) : isWhole ? 1 : since + 1;
      expect(isCount(time) && time >= least && time <= version);
    });
    return [...at];
  };
  return {
    id,
    generation,
    isWhole,
    moments: read,
    plusAt: readTimes(plusAt, read.plus),
    minusAt: readTimes(minusAt, read.minus),
    reshapedAt,
  };
}

function readMoments(
  { plus, minus, folded }: Moments,
  dimension: number,
  expect: (ok: boolean) => void,
): Moments {
  const read = { plus: [...plus], minus: [...minus], folded };
  const rows = [...plus, ...minus];
  expect(rows.every((row) => row instanceof Float32Array && isVector(row, dimension)));
  if (folded !== undefined) {
    const { count, sum, triangle } = folded;
    expect(Number.isSafeInteger(count));
    expect(sum instanceof Float64Array && isVector(sum, dimension));
    expect(triangle instanceof Float64Array && isVector(triangle, triangleLength(dimension)));
    read.folded = { count, sum, triangle };
  }
  return read;
}

function isVector(values: Float32Array | Float64Array, length: number): boolean {
  return values.length === length && values.every(Number.isFinite);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= 64;
}

/** Whether a replica may have this name. */
export function isReplica(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
}
