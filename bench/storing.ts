/**
 * What keeping costs: learning in a model that a store keeps, beside the same model without a store and
 * the platform's own way to put the same bytes; opening what was kept, beside reading its bytes. Each
 * store runs where it belongs, on this machine's disk. That what was learned is there again is checked
 * before anything is timed. `models/digits`, D = 1000. Needs the SDK's build.
 */
import { readFile } from 'node:fs/promises';
import { chromiumSite } from './storing/sites/chromium-site.ts';
import { fileSite, memorySite } from './storing/sites/node-sites.ts';
import { durableObjectSite, kvSite } from './storing/sites/workerd-sites.ts';
import { timeSite } from './storing/time-site.ts';
import { toRows } from './storing/to-rows.ts';

const model = new URL('../models/digits/digits.safetensors', import.meta.url);

export async function measureStoring(): Promise<Record<string, string>[]> {
  const source = new Uint8Array(await readFile(model));
  const rows: Record<string, string>[] = [];
  for (const start of [memorySite, fileSite, chromiumSite, durableObjectSite, kvSite]) {
    const site = await start(source);
    try {
      rows.push(...toRows(site.name, await timeSite(site)));
    } finally {
      await site.stop();
    }
  }
  return rows;
}
