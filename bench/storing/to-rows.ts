/** What was timed on one store, as rows of the table. */
import { median, withSpread } from '../statistics.ts';
import type { Action } from './actions.ts';
import { lessonLength } from './lesson.ts';
import type { Measured } from './time-site.ts';

interface Row {
  readonly operation: string;
  readonly action: Action;
  readonly bytes?: string | number;
  readonly calls?: string;
  /** The same by a model without a store. */
  readonly model?: Action;
  /** The same bytes by a store without a model and without our driver. */
  readonly raw?: Action;
}

export function toRows(store: string, measured: Measured): Record<string, string>[] {
  const { times } = measured;
  const ratios = (action: Action, others: readonly Action[]): string => {
    const parts = (round: number): number =>
      others.reduce((total, other) => total + (times[other][round] as number), 0);
    return withSpread(times[action].map((ms, round) => ms / parts(round)));
  };
  return rowsOf(measured).map(({ operation, action, bytes = '', calls = '', model, raw }) => ({
    store,
    operation,
    bytes: String(bytes),
    'store calls': calls,
    ms: withSpread(times[action], median(times[action]) < 10 ? 3 : 0),
    'times model + raw': model && raw ? ratios(action, [model, raw]) : '',
    'times raw': raw ? ratios(action, [raw]) : '',
  }));
}

function rowsOf({ report }: Measured): Row[] {
  const { counts, entry, sizes } = report;
  const [entries, snapshots] = [counts.entries, counts.snapshots].map((bytes) =>
    Math.round(bytes / lessonLength),
  );
  const calls = (['load', 'create', 'list', 'remove'] as const).map(
    (call) => `${call} ${(counts[call] / lessonLength).toFixed(2)}`,
  );
  return [
    {
      operation: 'learn one sample, kept',
      action: 'learnKept',
      bytes: `${entries} entry + ${snapshots} snapshots`,
      calls: calls.join(', '),
      model: 'learn',
      raw: 'put',
    },
    { operation: 'learn one sample, not kept', action: 'learn' },
    { operation: 'put an entry, raw', action: 'put', bytes: entry },
    { operation: 'create an entry', action: 'create', bytes: entry, raw: 'put' },
    { operation: 'load an entry', action: 'load', bytes: entry },
    {
      operation: `open, ${lessonLength} changes`,
      action: 'openChanges',
      bytes: sizes.changes,
      model: 'loadTaught',
      raw: 'readChanges',
    },
    {
      operation: 'open, one snapshot',
      action: 'openSnapshot',
      bytes: sizes.snapshot,
      model: 'loadTaught',
      raw: 'readSnapshot',
    },
    { operation: 'load from bytes at hand', action: 'loadTaught' },
    { operation: `read ${lessonLength} changes, raw`, action: 'readChanges', bytes: sizes.changes },
    { operation: 'read one snapshot, raw', action: 'readSnapshot', bytes: sizes.snapshot },
  ];
}
