/**
 * Learned changes from bytes, read as hostile: a safetensors file whose metadata say whose the rows
 * are. `write-changes.ts` writes it, `docs/format.md` describes it.
 */
import { HffError } from '../error.ts';
import type { CellChange, Changes, ReplicaChanges } from '../learn/changes.ts';
import { checkChanges } from '../learn/check-changes.ts';
import { checkFormat } from './check-format.ts';
import { readSafetensors } from './read-safetensors.ts';
import type { StoredTensor } from './safetensors.ts';

export const changesFormat = { name: 'hff-edge-changes', version: 1 } as const;

/** Changes without their numbers, which are in tensors in the same order. */
export interface StoredChanges extends Omit<Changes, 'replicas'> {
  readonly replicas: readonly (Omit<ReplicaChanges, 'cells'> & {
    readonly cells: readonly StoredCell[];
  })[];
}

export interface StoredCell extends Omit<CellChange, 'moments'> {
  /** Samples that are kept as sums only; null where none are. */
  readonly foldedCount: number | null;
}

/**
 * Rows are views of the bytes where these are aligned.
 * @throws HffError `snapshot/malformed`, `snapshot/version`, `learn/malformed`
 */
export function readChanges(bytes: Uint8Array): Changes {
  const { metadata, tensors } = readSafetensors(bytes);
  checkFormat(metadata, changesFormat);
  const left = new Map(tensors);
  const take = <T extends Float32Array | Float64Array>(
    name: string,
    type: new () => T,
  ): Rows<T> => {
    const tensor = left.get(name);
    left.delete(name);
    return new Rows(tensor, type);
  };
  const rows = take('rows', Float32Array);
  const sums = take('sums', Float64Array);
  const triangles = take('triangles', Float64Array);
  const readCell = ({ foldedCount: count, ...cell }: StoredCell): CellChange => {
    const plus = rows.next(cell.plusAt.length);
    const minus = rows.next(cell.minusAt.length);
    const [sum, triangle] = count === null ? [] : [...sums.next(1), ...triangles.next(1)];
    const folded = sum && triangle ? { count: count as number, sum, triangle } : undefined;
    return { ...cell, moments: { plus, minus, folded } };
  };
  let changes: Changes;
  try {
    const stored = JSON.parse(metadata.get('changes') as string) as StoredChanges;
    changes = {
      ...stored,
      replicas: stored.replicas.map((part) => ({ ...part, cells: part.cells.map(readCell) })),
    };
  } catch (cause) {
    return refuse('a description of its rows', cause);
  }
  if (left.size > 0 || ![rows, sums, triangles].every(({ isRead }) => isRead)) {
    refuse('as many rows as it describes');
  }
  return checkChanges(changes);
}

/** Hands out the rows of a tensor [N, D], one after the other. */
class Rows<T extends Float32Array | Float64Array> {
  readonly #values: T | undefined;
  readonly #length: number;
  #at = 0;

  constructor(tensor: StoredTensor | undefined, type: new () => T) {
    const [, length = 0, ...more] = tensor?.shape ?? [];
    this.#length = length;
    // Of rows of no length any number could be claimed.
    const isFit = length > 0 && more.length === 0 && tensor?.values instanceof type;
    this.#values = isFit ? (tensor.values as T) : undefined;
    // Not to be read by anyone.
    if (tensor && !this.#values) this.#at = Number.NaN;
  }

  next(count: number): T[] {
    const values = this.#values;
    const start = this.#at;
    if (count === 0) return [];
    const end = start + count * this.#length;
    if (!values || !(end <= values.length)) throw new RangeError('no more rows');
    this.#at = end;
    return Array.from({ length: count }, (_, i) => {
      const from = start + i * this.#length;
      return values.subarray(from, from + this.#length) as T;
    });
  }

  get isRead(): boolean {
    return this.#at === (this.#values?.length ?? 0);
  }
}

function refuse(expected: string, cause?: unknown): never {
  throw new HffError(
    'learn/malformed',
    `Learned changes: expected ${expected}, got other. They are damaged or of another kind.`,
    { cause },
  );
}
