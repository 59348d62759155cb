/** Accuracy over the number of samples per new class, with the deviation over the draws. */
import type { ContinualReport, FewShotReport } from '../continual-report.ts';
import { type Design, learnerScales } from './drawing.ts';

const questions = [
  ['all classes, %', 'all'],
  ['base classes, %', 'base'],
  ['new classes, %', 'new'],
] as const satisfies [string, keyof FewShotReport][];

/** Pixels between the bars of learners at the same number of samples. */
const step = 7;

export function fewShotPlot({ learners }: ContinualReport): Design {
  const points = learners.map(({ name, fewShot }) =>
    fewShot.flatMap((few) =>
      questions.flatMap(([question, key]) => {
        const summary = few[key];
        if (!summary) return [];
        const { mean, deviation } = summary;
        const low = Math.max(0, 100 * (mean - deviation));
        const high = Math.min(100, 100 * (mean + deviation));
        return [{ name, question, shots: String(few.shots), accuracy: 100 * mean, low, high }];
      }),
    ),
  );
  const shots = learners[0]?.fewShot.map((few) => String(few.shots)) ?? [];
  const names = questions.map(([question]) => question);
  return (plot, { narrow }) => {
    const facet = narrow ? 'fy' : 'fx';
    return {
      height: narrow ? 620 : 300,
      marginLeft: 44,
      marginRight: 16,
      marginTop: 24,
      marginBottom: 44,
      [facet]: { axis: null, domain: names, padding: 0.16 },
      x: { type: 'point', label: 'samples per new class', labelOffset: 38, domain: shots },
      y: { label: null, grid: true, nice: true },
      ...learnerScales(learners.map(({ name }) => name)),
      marks: [
        plot.frame({ strokeOpacity: 0.15 }),
        plot.text(names, {
          [facet]: names,
          text: names,
          frameAnchor: 'top-left',
          lineAnchor: 'bottom',
          dy: -7,
        }),
        ...points.flatMap((of, i) => {
          const dx = (i - (points.length - 1) / 2) * step;
          const place = { [facet]: 'question', x: 'shots', dx };
          return [
            plot.ruleX(of, { ...place, y1: 'low', y2: 'high', stroke: 'name', strokeWidth: 1.5 }),
            plot.line(of, { ...place, y: 'accuracy', stroke: 'name', strokeOpacity: 0.5 }),
            plot.dot(of, { ...place, y: 'accuracy', fill: 'name', symbol: 'name', r: 4 }),
          ];
        }),
      ],
    };
  };
}
