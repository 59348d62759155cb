/** Takes the pictures of the demo page for the documentation: docs/screenshots/*.png. */
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveSite } from '../test/demo/serve-site.ts';
import { pageIn, type State, stateNames } from '../test/demo/states.ts';
import { filmDigit } from '../test/support/film-digit.ts';
import { launchChromium } from '../test/support/launch-chromium.ts';

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const devices = {
  desktop: { width: 1120, height: 800 },
  phone: { width: 360, height: 780 },
};
const inDark: readonly State[] = ['drawn', 'unknown', 'inside'];
/** Longer than a screen. */
const whole: readonly State[] = ['inside'];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const camera = await filmDigit(4, 11);
const site = await serveSite();
const browser = await launchChromium(camera.flags);
for (const [device, viewport] of Object.entries(devices)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const state of colorScheme === 'light' ? stateNames : inDark) {
      const page = await pageIn(state, browser, site, { viewport, colorScheme });
      await page.screenshot({
        path: `${folder}${device}-${colorScheme}-${state}.png`,
        fullPage: whole.includes(state),
      });
      await page.context().close();
    }
  }
}
await browser.close();
await site.close();
await camera.remove();
