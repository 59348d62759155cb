/**
 * Plots as SVG text. Observable Plot draws them in a small DOM; both are loaded when they are needed,
 * since only reports draw. Each plot is drawn for a wide and for a narrow page, so that its text has
 * the page's size on both.
 */
import type { PlotOptions } from '@observablehq/plot';
import { HffError } from '../../error.ts';
import { learnerSymbols } from './learner-marks.ts';

type Plot = typeof import('@observablehq/plot');

/** Describes a plot of a width in pixels. */
export type Design = (plot: Plot, page: PageWidth) => PlotOptions;

interface PageWidth {
  readonly width: number;
  readonly narrow: boolean;
}

/** @returns a function that makes a design SVG text for both widths */
/** @throws HffError `option/invalid` where the packages are not installed */
export async function startDrawing(): Promise<(design: Design) => string> {
  const [plot, { parseHTML }] = await load();
  const { document } = parseHTML('<!doctype html><html></html>');
  const draw = (design: Design, page: PageWidth): string => {
    const drawn = plot.plot({
      document: document as unknown as Document,
      width: page.width,
      ...design(plot, page),
      style: { fontSize: '12px', background: 'none', overflow: 'visible' },
    });
    return drawn.outerHTML;
  };
  return (design) => {
    const wide = draw(design, { width: 680, narrow: false });
    const narrow = draw(design, { width: 340, narrow: true });
    return `<div class="wide">${wide}</div><div class="narrow">${narrow}</div>`;
  };
}

/** Colours and symbols of learners in their order. */
export function learnerScales(names: readonly string[]): Pick<PlotOptions, 'color' | 'symbol'> {
  const symbols = learnerSymbols.map(({ name }) => name);
  return {
    color: { domain: names, range: names.map((_, i) => `var(--learner-${i % symbols.length})`) },
    symbol: { domain: names, range: names.map((_, i) => symbols[i % symbols.length] as 'circle') },
  };
}

async function load(): Promise<[Plot, typeof import('linkedom')]> {
  try {
    return await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new HffError(
      'option/invalid',
      'the page with plots: expected the packages @observablehq/plot and linkedom, which are not installed. Run: npm install @observablehq/plot linkedom',
      { cause },
    );
  }
}
