/** Images in the views that decide together: as they are, mirrored, moved to all sides, and both. */
import { describe, expect, it } from 'vitest';
import type { Placement } from '../../sdk/src/data/augment-image.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { imageViews, placeImages } from '../../sdk/src/data/image-views.ts';

/** Two images of 3 × 3 pixels in two channels: each value tells image, line, column and channel. */
const images: Dataset = {
  inputs: Float32Array.from({ length: 36 }, (_, i) => {
    const line = Math.floor(i / 6) % 3;
    const column = Math.floor(i / 2) % 3;
    return 1000 * Math.floor(i / 18) + 100 * line + 10 * column + (i % 2);
  }),
  labels: Uint16Array.of(0, 1),
  classes: ['a', 'b'],
  width: 3,
  height: 3,
  channels: 2,
};

/** The first channel of an image in each view, line by line. */
const seen = (views: readonly Placement[], image: number): number[][] =>
  views.map((view) => {
    const { inputs } = placeImages(images, view);
    return [...inputs.subarray(18 * image, 18 * (image + 1))].filter((_, i) => i % 2 === 0);
  });

describe('views of images', () => {
  it('are themselves alone where nothing is asked for', () => {
    expect(seen(imageViews(images, {}), 0)).toEqual([[0, 10, 20, 100, 110, 120, 200, 210, 220]]);
    expect(placeImages(images, imageViews(images, {})[0])).toEqual(images);
  });

  it('have each line the other way round, pixel by pixel', () => {
    const [, mirrored] = imageViews(images, { flip: true });
    const { inputs } = placeImages(images, mirrored as Placement);
    expect([...inputs.subarray(0, 6)]).toEqual([20, 21, 10, 11, 0, 1]);
    expect([...inputs.subarray(30)]).toEqual([1220, 1221, 1210, 1211, 1200, 1201]);
  });

  it('are moved to the left, to the right, up and down, and go on mirrored at the edge', () => {
    expect(seen(imageViews(images, { shift: 1 }), 0)).toEqual([
      [0, 10, 20, 100, 110, 120, 200, 210, 220],
      [10, 20, 10, 110, 120, 110, 210, 220, 210],
      [10, 0, 10, 110, 100, 110, 210, 200, 210],
      [100, 110, 120, 200, 210, 220, 100, 110, 120],
      [100, 110, 120, 0, 10, 20, 100, 110, 120],
    ]);
  });

  it('are both together, the mirror images moved as they are', () => {
    const views = imageViews(images, { flip: true, shift: 1 });
    expect(views).toHaveLength(10);
    const moved = seen(imageViews(images, { shift: 1 }), 1);
    expect(seen(views.slice(0, 5), 1)).toEqual(moved);
    expect(seen(views.slice(5), 1)).toEqual([
      [1020, 1010, 1000, 1120, 1110, 1100, 1220, 1210, 1200],
      [1010, 1000, 1010, 1110, 1100, 1110, 1210, 1200, 1210],
      [1010, 1020, 1010, 1110, 1120, 1110, 1210, 1220, 1210],
      [1120, 1110, 1100, 1220, 1210, 1200, 1120, 1110, 1100],
      [1120, 1110, 1100, 1020, 1010, 1000, 1120, 1110, 1100],
    ]);
  });

  it('leave the images themselves as they were', () => {
    const before = images.inputs.slice();
    for (const view of imageViews(images, { flip: true, shift: 1 })) placeImages(images, view);
    expect(images.inputs).toEqual(before);
  });

  it.each([
    [{ shift: 3 }, 'shift: expected 0 to 2, got 3.'],
    [{ shift: -1 }, 'shift: expected 0 to 2, got -1.'],
    [{ shift: 0.5 }, 'shift: expected 0 to 2, got 0.5.'],
    [{ shift: Number.NaN }, 'shift: expected 0 to 2, got NaN.'],
  ])('are refused with %o', (options, message) => {
    expect(() => imageViews(images, options)).toThrow(
      expect.objectContaining({ code: 'option/invalid', message }),
    );
  });

  it.each(['flip', 'shift'] as const)('cannot be had of rows by %s', (option) => {
    const asked = option === 'flip' ? { flip: true } : { shift: 1 };
    expect(() => imageViews({ width: 6, height: 1 }, asked)).toThrow(
      expect.objectContaining({
        code: 'option/invalid',
        message: `${option}: expected images to see in other ways, got samples of 6×1, which are none. Leave the option out.`,
      }),
    );
    expect(imageViews({ width: 6, height: 1 }, { flip: false, shift: 0 })).toHaveLength(1);
  });
});
