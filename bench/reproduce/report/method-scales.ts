/** Each method has one colour and one symbol in all plots. */
import { type Design, learnerScales } from '../../../sdk/src/continual/report/drawing.ts';
import { learnerSymbols } from '../../../sdk/src/continual/report/learner-marks.ts';
import { methods, type Run } from '../runs.ts';
import { methodNames } from './figures.ts';

export const methodScales: Pick<ReturnType<Design>, 'color' | 'symbol'> = learnerScales(
  methods.map((method) => methodNames[method]),
);

export function legend(shown: readonly Run['method'][]): string {
  const entries = shown.map((method) => {
    const { character } = learnerSymbols[methods.indexOf(method)] as { character: string };
    return `<li><span style="color: ${colourOf(method)}" aria-hidden="true">${character}</span>${methodNames[method]}</li>`;
  });
  return `<ul class="legend">${entries.join('')}</ul>`;
}

function colourOf(method: Run['method']): string {
  return `var(--learner-${methods.indexOf(method)})`;
}
