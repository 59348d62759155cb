/** Known samples accepted over unknown samples accepted, for all thresholds. */
import type { ContinualReport } from '../continual-report.ts';
import { type Design, learnerScales } from './drawing.ts';

export function rocPlot({ learners }: ContinualReport): Design {
  const points = learners.flatMap(({ name, unknown }) =>
    unknown.curve.map(({ falsePositives, recall }) => ({
      name,
      unknown: 100 * falsePositives,
      known: 100 * recall,
    })),
  );
  const share = { domain: [0, 100], grid: true };
  return (plot, { width }) => ({
    width: Math.min(width, 440),
    height: Math.min(width, 440),
    marginLeft: 44,
    marginBottom: 44,
    marginRight: 16,
    x: { ...share, label: 'unknown samples accepted, %', labelOffset: 38 },
    y: { ...share, label: 'known samples accepted, %' },
    ...learnerScales(learners.map(({ name }) => name)),
    marks: [
      plot.line(
        [
          [0, 0],
          [100, 100],
        ],
        { strokeDasharray: '5 4', strokeOpacity: 0.5 },
      ),
      plot.ruleY([95], { strokeDasharray: '1 4', strokeOpacity: 0.7 }),
      plot.line(points, { x: 'unknown', y: 'known', stroke: 'name', strokeWidth: 2 }),
    ],
  });
}
