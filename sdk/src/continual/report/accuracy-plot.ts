/** Accuracy on all classes learned so far, over their number. */
import type { ContinualReport } from '../continual-report.ts';
import { type Design, learnerScales } from './drawing.ts';

export function accuracyPlot({ learners, seeds, joint }: ContinualReport): Design {
  const tasks = seeds[0]?.tasks ?? [];
  const known = tasks.map((_, task) => tasks.slice(0, task + 1).flat().length);
  const points = learners.flatMap(({ name, incremental }) =>
    incremental.seen.map(({ mean, deviation }, task) => ({
      name,
      known: known[task] as number,
      accuracy: 100 * mean,
      low: 100 * (mean - deviation),
      high: 100 * Math.min(1, mean + deviation),
    })),
  );
  const ceiling = 100 * Math.max(joint.network, joint.discriminant);
  const lowest = Math.min(ceiling, ...points.map(({ low }) => low));
  const channels = { x: 'known', stroke: 'name' };
  return (plot, { narrow }) => ({
    height: narrow ? 260 : 340,
    marginLeft: 44,
    marginBottom: 44,
    marginRight: 16,
    x: {
      label: 'classes learned',
      labelOffset: 38,
      ticks: known.length > 12 ? 8 : known,
      tickFormat: 'd',
    },
    y: {
      label: 'accuracy on them, %',
      grid: true,
      domain: [Math.max(0, 5 * Math.floor(lowest / 5)), 100],
    },
    ...learnerScales(learners.map(({ name }) => name)),
    marks: [
      plot.ruleY([ceiling], { strokeDasharray: '5 4', strokeOpacity: 0.7 }),
      plot.text([{ known: known[0], ceiling }], {
        x: 'known',
        y: 'ceiling',
        text: ['joint training'],
        textAnchor: 'start',
        dx: 10,
        dy: 10,
        fill: 'currentColor',
        stroke: 'var(--page)',
        strokeWidth: 4,
      }),
      plot.link(points, { ...channels, x1: 'known', x2: 'known', y1: 'low', y2: 'high' }),
      plot.line(points, { ...channels, y: 'accuracy', strokeWidth: 2 }),
      plot.dot(points, { x: 'known', y: 'accuracy', fill: 'name', symbol: 'name', r: 4 }),
    ],
  });
}
