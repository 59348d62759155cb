/** Accuracy on each task after each task, as a heat map: going down a column shows forgetting. */
import type { LearnerReport } from '../continual-report.ts';
import { summarise } from '../summary.ts';
import type { Design } from './drawing.ts';

/** Numbers are written into the cells of so many tasks at most. */
const mostWritten = 8;

/** @param colour CSS colour of the cells */
export function matrixPlot({ incremental }: LearnerReport, colour: string): Design {
  const { matrices } = incremental;
  const [first = []] = matrices;
  const cells = first.flatMap((row, after) =>
    row.map((_, task) => {
      const { mean } = summarise(matrices.map((matrix) => matrix[after]?.[task] as number));
      return { after: taskName(after), task: taskName(task), share: mean };
    }),
  );
  const least = Math.min(...cells.map(({ share }) => share));
  // Less than full, so that numbers can be read on it in the page's own colour.
  const fillOpacity = ({ share }: { share: number }) =>
    0.04 + (0.5 * (share - least)) / (1 - least || 1);
  const names = first.map((_, task) => taskName(task));
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
              text: ({ share }: { share: number }) => (100 * share).toFixed(0),
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
