/** The report in a real Chromium, on a phone and on a desk. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupRuns, type ReproduceReport } from '../../bench/reproduce/report/figures.ts';
import { renderMarkdown } from '../../bench/reproduce/report/markdown.ts';
import { renderPage } from '../../bench/reproduce/report/page.ts';
import type { RunResult } from '../../bench/reproduce/run-result.ts';
import { chosenRuns, type Run, runsOf } from '../../bench/reproduce/runs.ts';
import { launchChromium } from '../support/launch-chromium.ts';

/** A result with invented figures. */
function invent(run: Run): RunResult {
  const accuracy = 0.8 + run.seed / 100;
  const layers = run.method === 'back-propagation' ? [3] : [0, 1, 2, 3];
  const test = { decision: accuracy, layers: layers.map((layer) => ({ layer, accuracy })) };
  return {
    run,
    layers: [48, 96, 192, 384],
    parameters: 1234567,
    samples: { training: 50_000, test: 10_000 },
    options: { epochs: 2, batchSize: 1, learningRate: 1, margin: 0, dropout: 0, noise: 0, seed: 1 },
    holdoutShare: 0.02,
    epochs: [1, 2].map((epoch) => ({ epoch, layers: [], holdoutAccuracy: 0.5, seconds: 1 })),
    bestEpoch: 2,
    test,
    mirrored: { ...test, decision: accuracy + 0.01 },
    tenViews: { ...test, decision: accuracy + 0.02 },
    modelAccuracy: run.method === 'hff' ? accuracy + 0.03 : null,
    cost: { seconds: 10, cpuSeconds: null, peakMemoryBytes: 5e8, engineMemoryBytes: 4e7 },
    machine: { processor: '<b>', cores: 1, memoryGiB: 1, platform: 'x', node: 'v', date: 'd' },
  };
}

const report: ReproduceReport = {
  groups: groupRuns(chosenRuns(runsOf('full'), ['cifar10/conv']).map(invent)),
  inference: [1, 128].flatMap((batch) =>
    [10, 100].map((classes) => ({
      classes,
      batch,
      oneByOne: `${classes}.00 (1.00 – 2.00)`,
      shared: '5.00 (1.00 – 9.00)',
      counted: { oneByOne: 10, shared: 9 },
    })),
  ),
  machines: ['<b>'],
};

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

describe.each([390, 1200])('at %i pixels', (width) => {
  it('shows every plot at its size and needs nothing else', async () => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const complaints: string[] = [];
    page.on('request', (request) => complaints.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    await page.setContent(await renderPage(report));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const plots = page.locator('svg:visible');
    // Errors, epochs and layers of one group, and the ratios.
    expect(await plots.count()).toBe(4);
    for (const plot of await plots.all()) {
      const [drawn, declared] = await plot.evaluate((svg) => [
        svg.getBoundingClientRect().width,
        Number(svg.getAttribute('width')),
      ]);
      expect((drawn as number) / (declared as number)).toBeGreaterThan(0.9);
      expect(await plot.innerHTML()).not.toMatch(/NaN|undefined/);
    }
    expect(await page.locator('tbody tr').count()).toBe(1 + 3 + 3 + 3 + 4);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

it('says the same as Markdown, with means and deviations over the seeds', () => {
  const text = renderMarkdown(report);
  expect(text).toContain('## CIFAR-10, convolutions 48-96-192-384, full');
  expect(text).toContain(
    '| CIFAR-10, convolutions 48-96-192-384, full | 81.50 ± 0.71 | 81.00 | 81.00 |',
  );
  expect(text).toContain('| HFF | 81.50 ± 0.71 | 82.50 ± 0.71 | 83.50 ± 0.71 | 84.50 ± 0.71 |\n');
  expect(text).toContain('| back-propagation | 81.00 | 82.00 | 83.00 | – |\n');
  expect(text).toContain('| back-propagation | – | – | – | 81.00 |\n');
  expect(text).toContain('| HFF | 1,234,567 | 10 | 40 | 500 | 1, 2 |\n');
  expect(text).toContain('by the model, %');
  expect(text).not.toContain('CPU, s');
  expect(text).toContain('| 100, 128 | 100.00 (1.00 – 2.00) | 10.00 | 5.00 (1.00 – 9.00) | 9.00 |');
});
