/**
 * IndexedDB in a real Chromium whose profile is a folder. The contexts that `servePage` opens forget
 * all when they close, so nothing says that being durable costs there what it costs a visitor.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servePage } from '../../../test/support/serve-page.ts';
import type { Site } from './site.ts';

export async function chromiumSite(source: Uint8Array): Promise<Site> {
  const profile = await mkdtemp(join(tmpdir(), 'hff-profile-'));
  const served = await servePage({
    folder: new URL('../page/', import.meta.url),
    ready: 'reportTrial',
    // Otherwise it does not tell which program it is.
    args: ['--enable-automation'],
  });
  const first = await served.open();
  const address = first.url();
  const browser = first.context().browser();
  if (!browser) throw new Error('The page that is served has no browser.');
  const session = await browser.newBrowserCDPSession();
  const line = await session.send('Browser.getBrowserCommandLine');
  const executablePath = line.arguments[0] as string;
  await first.context().close();
  const context = await browser.browserType().launchPersistentContext(profile, { executablePath });
  const stop = async (): Promise<void> => {
    await context.close();
    await served.close();
    await rm(profile, { recursive: true });
  };
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'reportTrial' in globalThis);
    const text = Buffer.from(source).toString('base64');
    await page.evaluate((text) => globalThis.beginTrial(text), text);
    const version = browser.version().split('.')[0];
    return {
      name: `IndexedDB, Chromium ${version}`,
      time: (action) => page.evaluate((action) => globalThis.timeAction(action), action),
      report: () => page.evaluate(() => globalThis.reportTrial()),
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
