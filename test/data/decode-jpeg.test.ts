import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../../sdk/src/data/decode-image.ts';
import { readImage, startNodeJpeg } from '../../sdk/src/data/read-image.ts';
import { gradient, gradientJpeg } from './sample-images.ts';
import { temporaryFolder } from './temporary-folder.ts';

const refused = { code: 'input/image' };

/** Largest difference of two pictures. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (value, i) => Math.abs(value - (b[i] as number))).reduce((x, y) =>
    Math.max(x, y),
  );
}

/** The JPEG with a note of its camera that it is to be turned, put in after the first marker. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const size = 2 + exif.length + entry.length;
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Uint8Array.of(0xff, 0xe1, 0, size, ...exif, ...entry),
    jpeg.subarray(2),
  ]);
}

describe('decodeImage with JPEG', () => {
  beforeAll(startNodeJpeg);

  it.each([{}, { progressive: true }])('gives colour images as RGB, %j', async (options) => {
    const { width, height, data } = await decodeImage(await gradientJpeg(20, 9, options));
    expect([width, height, data.length]).toEqual([20, 9, 20 * 9 * 3]);
    expect(difference(data, gradient(20, 9, 3))).toBeLessThanOrEqual(4);
  });

  it('gives grey images as one channel', async () => {
    const { data } = await decodeImage(await gradientJpeg(20, 9, { grey: true }));
    expect(data.length).toBe(20 * 9);
    const rgb = gradient(20, 9, 3);
    const grey = Array.from(data, (_, i) => {
      const [red = 0, green = 0, blue = 0] = rgb.subarray(3 * i);
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    });
    expect(difference(data, grey)).toBeLessThanOrEqual(4);
  });

  it('turns photographs upright', async () => {
    const turned = withOrientation(await gradientJpeg(20, 9), 6);
    const { width, height, data } = await decodeImage(turned);
    expect([width, height]).toEqual([9, 20]);
    const upright = gradient(20, 9, 3);
    const lastRow = upright.subarray(8 * 20 * 3);
    expect(difference(data.subarray(0, 3), lastRow.subarray(0, 3))).toBeLessThanOrEqual(4);
  });

  it('refuses more pixels than allowed, by the header alone', async () => {
    const jpeg = await gradientJpeg(20, 9);
    await expect(decodeImage(jpeg, { maxPixels: 179 })).rejects.toMatchObject({
      code: 'input/too-large',
      message: expect.stringContaining('20×9'),
    });
    expect((await decodeImage(jpeg, { maxPixels: 180 })).width).toBe(20);
  });

  it.each([false, true])('refuses every cut, progressive %s', async (progressive) => {
    const whole = await gradientJpeg(20, 9, { progressive });
    for (let end = 0; end < whole.length; end++) {
      await expect(decodeImage(whole.subarray(0, end))).rejects.toMatchObject(refused);
    }
  });

  it('decodes or refuses damaged images, and goes on working', async () => {
    const whole = await gradientJpeg(20, 9, { progressive: true });
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] as number) ^ 0x55;
      const outcome = await decodeImage(damaged).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject(refused);
    }
    expect((await decodeImage(whole)).width).toBe(20);
  });

  it('refuses an image with hundreds of scans', async () => {
    const whole = await gradientJpeg(20, 9, { progressive: true });
    const lastScan = whole.subarray(Buffer.from(whole).lastIndexOf(Buffer.of(0xff, 0xda)), -2);
    const scans = Array.from({ length: 200 }, () => lastScan);
    const slow = Buffer.concat([whole.subarray(0, -2), ...scans, whole.subarray(-2)]);
    await expect(decodeImage(slow)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining('scans'),
    });
  });
});

describe('decodeImage with other bytes', () => {
  it.each([
    ['no bytes', ''],
    ['a GIF', 'GIF89a'],
    ['WebP', 'RIFF1234WEBP'],
    ['SVG or HTML', '<svg/>'],
    ['something else', 'hello'],
  ])('says that it got %s', async (seen, text) => {
    await expect(decodeImage(new TextEncoder().encode(text))).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining(seen),
    });
  });
});

describe('readImage', () => {
  const write = temporaryFolder();

  it('reads a file, or says which one it cannot', async () => {
    const path = write('image.jpg', await gradientJpeg(8, 4));
    expect(await readImage(path)).toMatchObject({ width: 8, height: 4 });
    await expect(readImage(`${path}x`)).rejects.toMatchObject({
      code: 'data/not-found',
      message: expect.stringContaining(`${path}x`),
    });
  });
});
