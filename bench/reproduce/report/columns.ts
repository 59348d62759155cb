/** The tables of a group, with a row for each method. */
import type { Summary } from '../../../sdk/src/continual/summary.ts';
import { type Group, type MethodFigures, methodNames } from './figures.ts';
import type { Table } from './table.ts';

interface Column {
  readonly title: string;
  readonly cell: (figures: MethodFigures) => string;
}

/** What was decided rightly, by which layer alone, and what it took. */
export function tablesOf(group: Group): Table[] {
  return [decisions, layerColumns(group), costs].map((columns) => tableOf(group, columns));
}

const none = '–';

const decisions: readonly Column[] = [
  { title: 'decision, %', cell: ({ decision }) => percent(decision) },
  { title: 'with mirror images, %', cell: ({ mirrored }) => percent(mirrored) },
  { title: 'with ten views, %', cell: ({ tenViews }) => percent(tenViews) },
  { title: 'by the model, %', cell: ({ byModel }) => percent(byModel) },
];

function layerColumns({ layers }: Group): Column[] {
  return layers.map((_, index) => ({
    title: `layer ${index}, %`,
    cell: (figures) =>
      percent(figures.layers.find(({ layer }) => layer === index)?.accuracy ?? null),
  }));
}

const costs: readonly Column[] = [
  { title: 'parameters', cell: ({ parameters }) => parameters.toLocaleString('en') },
  { title: 'training, s', cell: ({ seconds }) => rounded(seconds) },
  { title: 'CPU, s', cell: ({ cpuSeconds }) => rounded(cpuSeconds) },
  { title: 'engine, MB', cell: ({ engineMemoryBytes }) => rounded(engineMemoryBytes, 1e-6) },
  { title: 'process, MB', cell: ({ peakMemoryBytes }) => rounded(peakMemoryBytes, 1e-6) },
  { title: 'seeds', cell: ({ seeds }) => seeds.join(', ') },
];

/** Without columns that have nothing to say. */
function tableOf({ methods }: Group, columns: readonly Column[]): Table {
  const telling = columns.filter(({ cell }) => methods.some((figures) => cell(figures) !== none));
  return {
    head: ['', ...telling.map(({ title }) => title)],
    rows: methods.map((figures) => [
      methodNames[figures.method],
      ...telling.map(({ cell }) => cell(figures)),
    ]),
  };
}

/** With the deviation where there are several values. */
export function percent(summary: Summary | null): string {
  if (!summary) return none;
  const { mean, deviation, values } = summary;
  const spread = values.length > 1 ? ` ± ${(100 * deviation).toFixed(2)}` : '';
  return (100 * mean).toFixed(2) + spread;
}

function rounded(summary: Summary | null, factor = 1): string {
  return summary ? (factor * summary.mean).toFixed(0) : none;
}
