/** Test accuracy of each layer alone. */
import type { Design } from '../../../sdk/src/continual/report/drawing.ts';
import { type Group, methodNames } from './figures.ts';
import { methodScales } from './method-scales.ts';

export function layersPlot({ methods, layers: widths }: Group): Design {
  const points = methods.flatMap(({ method, layers }) =>
    layers.map(({ layer, accuracy }) => ({
      name: methodNames[method],
      layer: String(layer),
      accuracy: 100 * accuracy.mean,
    })),
  );
  return (plot, { narrow }) => ({
    height: narrow ? 260 : 320,
    marginLeft: 48,
    marginTop: 32,
    marginBottom: 44,
    marginRight: 16,
    x: {
      type: 'point',
      label: 'layer',
      labelOffset: 38,
      domain: widths.map((_, index) => String(index)),
    },
    y: { label: 'test accuracy by the layer alone, %', grid: true, nice: true },
    ...methodScales,
    marks: [
      plot.line(points, { x: 'layer', y: 'accuracy', stroke: 'name', strokeWidth: 2 }),
      plot.dot(points, { x: 'layer', y: 'accuracy', fill: 'name', symbol: 'name', r: 4 }),
    ],
  });
}
