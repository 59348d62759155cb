/** Looks through what is said to be a learned state before anything is taken from it. */
import { HffError } from '../error.ts';
import { isLabel } from './check-label.ts';
import { rowLimit, triangleLength } from './fold.ts';
import type { LearnedData } from './learned-data.ts';
import { isNothing, type Moments } from './moments.ts';
import { newTables, type Tables } from './tables.ts';

/** @throws HffError `learn/malformed`, naming the part */
export function readTables(data: LearnedData): Tables {
  let part = 'head';
  const expect = (ok: boolean): void => {
    if (!ok) throw new RangeError(part);
  };
  try {
    const { dimension, base } = data;
    expect(isCount(dimension) && isText(data.fingerprint) && isText(data.replica));
    expect(base.every(isLabel) && new Set(base).size === base.length);
    const tables = newTables(base);

    part = 'names';
    for (const [id, { label, time, replica }] of data.names) {
      expect(isLabel(label) && isCount(time) && isText(replica));
      tables.names.set(id, { label, time, replica });
    }
    // An id n:label is found by counting n up past renamed ones.
    const expectId = (id: string): void => {
      const [, n, label] = /^([1-9]\d*):(.+)$/s.exec(id) as string[];
      expect(isLabel(label) && (n === '1' || tables.names.has(`${Number(n) - 1}:${label}`)));
    };
    for (const id of tables.names.keys()) expectId(id);

    part = 'tombstones';
    for (const [id, count] of data.tombstones) {
      expectId(id);
      expect(isCount(count));
      tables.tombstones.set(id, count);
    }

    part = 'replicas';
    for (const [replica, { version, cells }] of data.replicas) {
      expect(isText(replica) && isCount(version));
      const read = new Map<string, Moments>();
      for (const [id, cell] of cells) {
        expectId(id);
        read.set(id, readMoments(cell, dimension, expect));
      }
      tables.replicas.set(replica, { version, cells: read });
    }
    return tables;
  } catch (cause) {
    throw new HffError(
      'learn/malformed',
      `Learned state: expected data as data() gives it, got other ${part}. It is damaged or of another kind.`,
      { cause },
    );
  }
}

function readMoments(cell: Moments, dimension: number, expect: (ok: boolean) => void): Moments {
  const { plus, minus, folded } = cell;
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
  expect(!isNothing(read) && rows.length < rowLimit(read, dimension));
  return read;
}

function isVector(values: Float32Array | Float64Array, length: number): boolean {
  return values.length === length && values.every(Number.isFinite);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
