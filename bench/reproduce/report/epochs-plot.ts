/** Accuracy on the samples held back, over the epochs. */
import type { Design } from '../../../sdk/src/continual/report/drawing.ts';
import { type Group, methodNames } from './figures.ts';
import { methodScales } from './method-scales.ts';

/** Null where no method has reports of its epochs. */
export function epochsPlot({ methods, epochs }: Group): Design | null {
  const points = methods.flatMap(({ method, holdout }) =>
    holdout.map(({ epoch, accuracy }) => ({
      name: methodNames[method],
      epoch,
      accuracy: 100 * accuracy.mean,
    })),
  );
  if (points.length === 0) return null;
  return (plot, { narrow }) => ({
    height: narrow ? 260 : 320,
    marginLeft: 48,
    marginTop: 32,
    marginBottom: 44,
    marginRight: 16,
    x: {
      label: 'epoch',
      labelOffset: 38,
      ticks: Array.from({ length: epochs }, (_, i) => i + 1).filter(
        (epoch) => epochs <= 10 || epoch % 2 === 0,
      ),
      tickFormat: 'd',
    },
    y: { label: 'accuracy on samples held back, %', grid: true, nice: true },
    ...methodScales,
    marks: [
      plot.line(points, { x: 'epoch', y: 'accuracy', stroke: 'name', strokeWidth: 2 }),
      plot.dot(points, { x: 'epoch', y: 'accuracy', fill: 'name', symbol: 'name', r: 3.5 }),
    ],
  });
}
