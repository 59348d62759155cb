/** What is known of each class, over all replicas. */
import { hasBase, labelOf, liveIds } from './class-ids.ts';
import { addTo, countOf, isNothing, sumOf } from './moments.ts';
import { sorted, type Tables } from './tables.ts';

export interface ClassTotal {
  readonly label: string;
  /** Indices of the base classes that count under this label and are not forgotten, ascending. */
  readonly baseIndices: readonly number[];
  /** Samples learned on top of the base's. */
  readonly count: number;
  /** Sum of their features [D]. */
  readonly sum: Float64Array;
}

/**
 * Classes with samples: base classes in their order, then others by label in code units. Equal
 * tables give equal totals, bit by bit.
 */
export function totalClasses(tables: Tables, dimension: number): ClassTotal[] {
  const replicas = sorted(tables.replicas);
  const totals = new Map<string, { baseIndices: number[]; count: number; sum: Float64Array }>();
  for (const id of liveIds(tables)) {
    const label = labelOf(id, tables);
    const total = totals.get(label) ?? {
      baseIndices: [],
      count: 0,
      sum: new Float64Array(dimension),
    };
    totals.set(label, total);
    if (hasBase(id, tables)) total.baseIndices.push(tables.bases.get(id) as number);
    for (const [, { cells }] of replicas) {
      const moments = cells.get(id)?.moments;
      if (!moments || isNothing(moments)) continue;
      total.count += countOf(moments);
      addTo(total.sum, sumOf(moments, dimension), 1);
    }
  }
  for (const { baseIndices } of totals.values()) baseIndices.sort((a, b) => a - b);
  const first = ({ baseIndices }: ClassTotal): number => baseIndices[0] ?? tables.bases.size;
  return [...totals]
    .map(([label, total]) => ({ label, ...total }))
    .filter(({ baseIndices, count }) => baseIndices.length || count > 0)
    .sort((a, b) => first(a) - first(b) || (a.label < b.label ? -1 : 1));
}
