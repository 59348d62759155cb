/** IndexedDB in a real Chromium whose profile is a folder: being durable costs there what it costs a visitor. */
import { lastingBrowser } from '../../../test/support/lasting-browser.ts';
import type { Site } from './site.ts';

export async function chromiumSite(source: Uint8Array): Promise<Site> {
  const browser = await lastingBrowser({
    folder: new URL('../page/', import.meta.url),
    ready: 'reportTrial',
  });
  try {
    const { page } = await browser.start(await browser.newProfile());
    const text = Buffer.from(source).toString('base64');
    await page.evaluate((text) => globalThis.beginTrial(text), text);
    return {
      name: `IndexedDB, Chromium ${browser.version}`,
      time: (action) => page.evaluate((action) => globalThis.timeAction(action), action),
      report: () => page.evaluate(() => globalThis.reportTrial()),
      stop: () => browser.close(),
    };
  } catch (cause) {
    await browser.close();
    throw cause;
  }
}
