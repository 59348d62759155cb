/** A small labelled set of drawn digits on disk. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { mnistDigit } from '../support/render-digit.ts';

/** @returns a new folder that holds the set as `drawn` */
export async function drawDigits(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hff-cli-'));
  for (const [split, count] of [
    ['train', 30],
    ['test', 5],
  ] as const) {
    for (let digit = 0; digit < 10; digit++) {
      const place = join(folder, 'drawn', split, String(digit));
      await mkdir(place, { recursive: true });
      for (let i = 0; i < count; i++) {
        const data = mnistDigit(digit, i + (split === 'test' ? 5000 : 0));
        await writeFile(
          join(place, `${i}.png`),
          encode({ width: 28, height: 28, data, channels: 1 }),
        );
      }
    }
  }
  return folder;
}
