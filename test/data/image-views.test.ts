/** Images in the views that decide together: as they are, mirrored, moved to all sides, and both. */
import { describe, expect, it } from 'vitest';
import type { Placement } from '../../sdk/src/data/augment-image.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { imageViews, placeImages } from '../../sdk/src/data/image-views.ts';

/** Two images of 3 × 2 pixels in three channels: each value tells image, line, column and channel. */
const images: Dataset = {
  inputs: Float32Array.from({ length: 36 }, (_, i) => {
    const [image, line, column] = [i / 18, (i / 9) % 2, (i / 3) % 3].map(Math.floor) as number[];
    return 1000 * (image ?? 0) + 100 * (line ?? 0) + 10 * (column ?? 0) + (i % 3);
  }),
  labels: Uint16Array.of(0, 1),
  classes: ['a', 'b'],
  width: 3,
  height: 2,
  channels: 3,
};

/** The first channel of an image in each view, line by line. */
const seen = (views: readonly Placement[], image: number): number[][] =>
  views.map((view) => {
    const { inputs } = placeImages(images, view);
    return [...inputs.subarray(18 * image, 18 * (image + 1))].filter((_, i) => i % 3 === 0);
  });

describe('views of images', () => {
  it('are themselves alone where nothing is asked for', () => {
    expect(seen(imageViews(images, {}), 0)).toEqual([[0, 10, 20, 100, 110, 120]]);
    expect(placeImages(images, imageViews(images, {})[0])).toEqual(images);
  });

  it('have each line the other way round, pixel by pixel', () => {
    const [, mirrored] = imageViews(images, { flip: true });
    expect([...placeImages(images, mirrored as Placement).inputs.subarray(0, 9)]).toEqual([
      20, 21, 22, 10, 11, 12, 0, 1, 2,
    ]);
    expect(seen([mirrored as Placement], 1)).toEqual([[1020, 1010, 1000, 1120, 1110, 1100]]);
  });

  it('are moved to all four sides, and go on mirrored at the edge', () => {
    expect(seen(imageViews(images, { shift: 1 }), 0)).toEqual([
      [0, 10, 20, 100, 110, 120],
      [10, 20, 10, 110, 120, 110],
      [10, 0, 10, 110, 100, 110],
      [100, 110, 120, 0, 10, 20],
      [100, 110, 120, 0, 10, 20],
    ]);
  });

  it('are both together, the mirror images moved as they are', () => {
    const views = imageViews(images, { flip: true, shift: 1 });
    expect(views).toHaveLength(10);
    const moved = seen(imageViews(images, { shift: 1 }), 1);
    expect(seen(views.slice(0, 5), 1)).toEqual(moved);
    expect(seen(views.slice(5), 1)).toEqual([
      [1020, 1010, 1000, 1120, 1110, 1100],
      [1010, 1000, 1010, 1110, 1100, 1110],
      [1010, 1020, 1010, 1110, 1120, 1110],
      [1120, 1110, 1100, 1020, 1010, 1000],
      [1120, 1110, 1100, 1020, 1010, 1000],
    ]);
  });

  it('leave the images themselves as they were', () => {
    const before = images.inputs.slice();
    for (const view of imageViews(images, { flip: true, shift: 1 })) placeImages(images, view);
    expect(images.inputs).toEqual(before);
  });

  it.each([
    [{ shift: 2 }, 'shift: expected 0 to 1, got 2.'],
    [{ shift: -1 }, 'shift: expected 0 to 1, got -1.'],
    [{ shift: 0.5 }, 'shift: expected 0 to 1, got 0.5.'],
    [{ shift: Number.NaN }, 'shift: expected 0 to 1, got NaN.'],
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
