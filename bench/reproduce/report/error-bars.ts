/** Test samples decided wrongly in the end, from 0: lengths of bars compare. */
import type { Design } from '../../../sdk/src/continual/report/drawing.ts';
import { type Group, methodNames } from './figures.ts';
import { methodScales } from './method-scales.ts';

const barHeight = 30;

export function errorBars({ methods }: Group): Design {
  const bars = methods.map(({ method, decision }) => ({
    name: methodNames[method],
    error: 100 * (1 - decision.mean),
    text: `${(100 * (1 - decision.mean)).toFixed(2)} % wrong`,
  }));
  return (plot, { narrow }) => ({
    height: bars.length * barHeight + 50,
    marginLeft: 132,
    marginRight: narrow ? 84 : 96,
    marginBottom: 40,
    x: { label: 'test error, %', labelOffset: 34, grid: true, ticks: narrow ? 3 : 6 },
    y: { label: null, domain: bars.map(({ name }) => name), padding: 0.3 },
    ...methodScales,
    marks: [
      plot.barX(bars, { x: 'error', y: 'name', fill: 'name' }),
      plot.text(bars, { x: 'error', y: 'name', text: 'text', textAnchor: 'start', dx: 6 }),
      plot.ruleX([0]),
    ],
  });
}
