/** Lighthouse's verdicts on the page as it is served, for a phone and for a desktop. */
import lighthouse, { desktopConfig } from 'lighthouse';
import { serveSite } from '../test/demo/serve-site.ts';
import { launchChromium } from '../test/support/launch-chromium.ts';

const PORT = 9333;
const categories = ['performance', 'accessibility', 'best-practices'];
const metrics = {
  'first paint': 'first-contentful-paint',
  'largest paint': 'largest-contentful-paint',
  blocked: 'total-blocking-time',
  shift: 'cumulative-layout-shift',
};

export async function measureLighthouse(): Promise<Record<string, string>[]> {
  const [site, browser] = await Promise.all([
    serveSite(),
    launchChromium([`--remote-debugging-port=${PORT}`]),
  ]);
  try {
    const rows: Record<string, string>[] = [];
    for (const [device, config] of Object.entries({ phone: undefined, desktop: desktopConfig })) {
      const flags = { port: PORT, onlyCategories: categories, logLevel: 'error' } as const;
      const run = await lighthouse(site.url, flags, config);
      if (!run) throw new Error('Lighthouse: expected a result, got none.');
      const { lhr } = run;
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      rows.push({
        device,
        ...Object.fromEntries(
          categories.map((name) => [
            name,
            Math.round(100 * (lhr.categories[name]?.score ?? 0)).toString(),
          ]),
        ),
        ...Object.fromEntries(
          Object.entries(metrics).map(([name, id]) => [name, lhr.audits[id]?.displayValue ?? '–']),
        ),
        'not passed': Object.values(lhr.audits)
          .filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score !== 1)
          .map(({ id }) => id)
          .join(', '),
      });
    }
    return rows;
  } finally {
    await browser.close();
    await site.close();
  }
}
