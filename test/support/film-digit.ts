/** A make-believe camera for Chromium, before which lies a written digit. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { photographDigit } from './photograph-digit.ts';

const SIZE = 320;
const frameCount = 10;

export interface Camera {
  /** For Chromium. */
  readonly flags: string[];
  remove(): Promise<void>;
}

export async function filmDigit(digit: number, seed: number): Promise<Camera> {
  const folder = await mkdtemp(join(tmpdir(), 'hff-camera-'));
  const path = join(folder, 'digit.y4m');
  const { data } = photographDigit(digit, seed, SIZE);
  const noColour = Buffer.alloc((SIZE * SIZE) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Uint8Array.from(data), noColour]);
  const frames = new Array<Buffer>(frameCount).fill(frame);
  const header = Buffer.from(`YUV4MPEG2 W${SIZE} H${SIZE} F10:1 Ip C420\n`);
  await writeFile(path, Buffer.concat([header, ...frames]));
  return {
    flags: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${path}`,
    ],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
