/** Accuracy on each task after each task, as a heat map: going down a column shows forgetting. */
import type { AccuracyMatrix } from '../accuracy-matrix.ts';
import type { ContinualReport } from '../continual-report.ts';
import { summarise } from '../summary.ts';
import type { Design } from './drawing.ts';

/** Numbers are written into the cells of so many tasks at most. */
const mostWritten = 8;

interface Cell {
  readonly after: string;
  readonly task: string;
  /** Mean accuracy over the seeds, 0 to 1. */
  readonly share: number;
}

/**
 * Plots that share one scale, so that they can be compared.
 * @param colours CSS colours of the learners' cells
 */
export function matrixPlots({ learners }: ContinualReport, colours: readonly string[]): Design[] {
  const cells = learners.map(({ incremental }) => cellsOf(incremental.matrices));
  const least = Math.min(...cells.flat().map(({ share }) => share));
  return cells.map((own, i) => matrixPlot(own, colours[i] as string, least));
}

function cellsOf(matrices: readonly AccuracyMatrix[]): Cell[] {
  const [first = []] = matrices;
  return first.flatMap((row, after) =>
    row.map((_, task) => {
      const { mean } = summarise(matrices.map((matrix) => matrix[after]?.[task] as number));
      return { after: taskName(after), task: taskName(task), share: mean };
    }),
  );
}

function matrixPlot(cells: readonly Cell[], colour: string, least: number): Design {
  // Less than full, so that numbers can be read on it in the page's own colour.
  const fillOpacity = ({ share }: Cell) => 0.04 + (0.5 * (share - least)) / (1 - least || 1);
  const names = [...new Set(cells.map(({ after }) => after))];
  return (plot, { width }) => ({
    width: Math.min(width, 340),
    height: 300,
    marginLeft: 48,
    marginTop: 36,
    x: { label: 'accuracy on task, %', domain: names, axis: 'top', ticks: shown(names) },
    y: { label: 'after task', domain: names, ticks: shown(names) },
    marks: [
      plot.cell(cells, { x: 'task', y: 'after', fill: colour, fillOpacity, inset: 0.5 }),
      ...(names.length > mostWritten
        ? []
        : [
            plot.text(cells, {
              x: 'task',
              y: 'after',
              text: ({ share }: Cell) => (100 * share).toFixed(0),
            }),
          ]),
    ],
  });
}

function taskName(task: number): string {
  return task === 0 ? 'base' : `+${task}`;
}

/** Some of the names where all would not fit. */
function shown(names: readonly string[]): string[] {
  const step = Math.ceil(names.length / mostWritten);
  return names.filter((_, i) => i % step === 0);
}
