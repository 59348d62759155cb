/** Forward-Forward's time over HFF's, over the number of classes; both axes logarithmic. */
import { type Design, learnerScales } from '../../../sdk/src/continual/report/drawing.ts';
import { learnerSymbols } from '../../../sdk/src/continual/report/learner-marks.ts';
import type { InferenceRatio } from './figures.ts';

/** What the paper says: more than so many times. */
const published = 40;

const readings = [
  ['one by one', 'oneByOne'],
  ['shared', 'shared'],
] as const;

function ratioNames(ratios: readonly InferenceRatio[]): string[] {
  const batches = [...new Set(ratios.map(({ batch }) => batch))];
  return batches.flatMap((batch) => readings.map(([name]) => nameOf(name, batch)));
}

export function ratioPlot(ratios: readonly InferenceRatio[]): Design {
  const points = ratios.flatMap((row) =>
    readings.map(([name, key]) => ({
      name: nameOf(name, row.batch),
      classes: row.classes,
      // The median stands first.
      ratio: Number.parseFloat(row[key]),
    })),
  );
  const classes = [...new Set(ratios.map((row) => row.classes))].sort((a, b) => a - b);
  return (plot, { narrow }) => ({
    height: narrow ? 300 : 360,
    marginLeft: 52,
    marginTop: 32,
    marginBottom: 44,
    marginRight: 16,
    x: { type: 'log', label: 'classes', labelOffset: 38, ticks: classes, tickFormat: ',d' },
    y: {
      type: 'log',
      label: 'Forward-Forward’s time / HFF’s',
      grid: true,
      domain: [1, 1000],
      ticks: [1, 10, 100, 1000],
      tickFormat: ',d',
    },
    ...learnerScales(ratioNames(ratios)),
    marks: [
      plot.ruleY([published], { strokeDasharray: '5 4', strokeOpacity: 0.7 }),
      plot.text([{ at: classes[0], published }], {
        x: 'at',
        y: 'published',
        text: [`${published}`],
        textAnchor: 'start',
        dy: -8,
      }),
      plot.line(points, { x: 'classes', y: 'ratio', stroke: 'name', strokeWidth: 2 }),
      plot.dot(points, { x: 'classes', y: 'ratio', fill: 'name', symbol: 'name', r: 4.5 }),
    ],
  });
}

export function ratioLegend(ratios: readonly InferenceRatio[]): string {
  const entries = ratioNames(ratios).map((name, i) => {
    const { character } = learnerSymbols[i % learnerSymbols.length] as { character: string };
    return `<li><span style="color: var(--learner-${i})" aria-hidden="true">${character}</span>${name}</li>`;
  });
  return `<ul class="legend">${entries.join('')}</ul>`;
}

function nameOf(reading: string, batch: number): string {
  return batch === 1 ? `${reading}, single sample` : `${reading}, batch of ${batch}`;
}
