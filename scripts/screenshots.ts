/** Takes the pictures of the demo page for the documentation: docs/screenshots/*.png. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawWithMouse } from '../test/support/draw-on-pad.ts';
import { launchChromium } from '../test/support/launch-chromium.ts';
import { serveDemo } from '../test/support/serve-demo.ts';

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const devices = {
  desktop: { width: 1120, height: 730 },
  phone: { width: 360, height: 780 },
};

mkdirSync(folder, { recursive: true });
const demo = await serveDemo();
const browser = await launchChromium();
for (const [device, viewport] of Object.entries(devices)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
    const take = (state: string) =>
      page.screenshot({ path: `${folder}${device}-${colorScheme}-${state}.png` });
    await page.goto(demo.url);
    await page.locator('#stage[data-state=ready]').waitFor();
    await take('empty');
    await drawWithMouse(page, 3, 5);
    await page.locator('#announcement', { hasText: '3' }).waitFor();
    await take('drawn');
    await page.close();
  }
}
await browser.close();
await demo.close();
