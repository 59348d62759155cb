/** Images with left and right exchanged. */
import { describe, expect, it } from 'vitest';
import { mirrorImages } from '../../sdk/src/data/mirror-images.ts';

/** Two images of 3 × 2 pixels in three channels: each value tells image, line, column and channel. */
const inputs = Float32Array.from({ length: 36 }, (_, i) => {
  const [image, line, column] = [Math.floor(i / 18), Math.floor(i / 9) % 2, Math.floor(i / 3) % 3];
  return 1000 * image + 100 * line + 10 * column + (i % 3);
});
const images = {
  inputs,
  labels: Uint16Array.of(0, 1),
  classes: ['a', 'b'],
  width: 3,
  height: 2,
  channels: 3,
};

describe('mirrored images', () => {
  it('have each line the other way round, pixel by pixel', () => {
    const mirrored = mirrorImages(images);
    expect([...mirrored.inputs.subarray(0, 9)]).toEqual([20, 21, 22, 10, 11, 12, 0, 1, 2]);
    expect([...mirrored.inputs.subarray(27)]).toEqual([
      1120, 1121, 1122, 1110, 1111, 1112, 1100, 1101, 1102,
    ]);
    expect(mirrored).toMatchObject({ labels: images.labels, width: 3, height: 2, channels: 3 });
    expect(mirrorImages(mirrored)).toEqual(images);
    expect(images.inputs[0]).toBe(0);
  });

  it('cannot be made of rows', () => {
    const rows = { ...images, width: 6, height: 1 };
    expect(() => mirrorImages(rows)).toThrow(
      expect.objectContaining({
        code: 'option/invalid',
        message: expect.stringMatching(/flip: expected images to mirror, got samples of 6×1/),
      }),
    );
  });
});
