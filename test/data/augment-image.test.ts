/** One image under one affine map, against small images worked out by hand. */
import { describe, expect, it } from 'vitest';
import { asItIs, augmentImage, type Placement } from '../../sdk/src/data/augment-image.ts';
import type { SampleShape } from '../../sdk/src/data/sample-shape.ts';
import { Random } from '../../sdk/src/hff/random.ts';

const three = { width: 3, height: 3, channels: 1 };
const counted = [1, 2, 3, 4, 5, 6, 7, 8, 9];

function placed(image: ArrayLike<number>, shape: SampleShape, change: Partial<Placement>) {
  const out = new Float32Array(image.length);
  augmentImage(out, image, shape, { ...asItIs, ...change });
  return [...out];
}

describe('an image', () => {
  it.each<[string, Partial<Placement>, number[]]>([
    ['stays itself', {}, counted],
    ['moves right', { right: 1 }, [2, 1, 2, 5, 4, 5, 8, 7, 8]],
    ['moves down and left', { down: 1, right: -1 }, [5, 6, 5, 2, 3, 2, 5, 6, 5]],
    ['moves by half a pixel', { right: 0.5 }, [1.5, 1.5, 2.5, 4.5, 4.5, 5.5, 7.5, 7.5, 8.5]],
    ['is mirrored', { mirrored: true }, [3, 2, 1, 6, 5, 4, 9, 8, 7]],
    ['turns clockwise', { quarterTurns: 1 }, [7, 4, 1, 8, 5, 2, 9, 6, 3]],
    ['turns upside down', { quarterTurns: 2 }, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['is mirrored, then turned', { mirrored: true, quarterTurns: 1 }, [9, 6, 3, 8, 5, 2, 7, 4, 1]],
    ['is turned, then moved', { quarterTurns: 1, right: 1 }, [4, 7, 4, 5, 8, 5, 6, 9, 6]],
    ['doubles', { zoom: 2 }, [3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7]],
  ])('%s', (_, change, expected) => {
    expect(placed(counted, three, change)).toEqual(expected);
    expect(placed(Uint8Array.from(counted), three, change)).toEqual(expected);
  });

  it('comes back exactly after four quarter turns, of any size', () => {
    for (const side of [1, 2, 5, 28]) {
      const image = new Random(side).normals(side * side * 3, 1);
      const shape = { width: side, height: side, channels: 3 };
      let turned: ArrayLike<number> = image;
      for (let turn = 0; turn < 4; turn++) turned = placed(turned, shape, { quarterTurns: 1 });
      expect(turned).toEqual([...image]);
    }
  });

  it('rotates by degrees as by quarter turns', () => {
    const image = new Random(3).normals(36, 1);
    const shape = { width: 6, height: 6, channels: 1 };
    const byDegrees = placed(image, shape, { degrees: 90 });
    placed(image, shape, { quarterTurns: 1 }).forEach((value, i) => {
      expect(byDegrees[i]).toBeCloseTo(value, 5);
    });
  });

  it('keeps channels apart, in images that are not square', () => {
    const shape = { width: 3, height: 2, channels: 3 };
    const channel = (c: number) => [1, 2, 3, 4, 5, 6].map((value) => value * 10 ** c);
    const image = [0, 1, 2, 3, 4, 5].flatMap((pixel) => [0, 1, 2].map((c) => channel(c)[pixel]));
    const moved = placed(image as number[], shape, { right: 1, down: -1 });
    for (const c of [0, 1, 2]) {
      expect(moved.filter((_, i) => i % 3 === c)).toEqual(
        [5, 4, 5, 2, 1, 2].map((value) => value * 10 ** c),
      );
    }
  });

  it('stays within its range, however far it moves', () => {
    const image = Uint8Array.from({ length: 64 }, (_, i) => (i % 3 ? 255 : 0));
    const shape = { width: 8, height: 8, channels: 1 };
    const random = new Random(1);
    for (let i = 0; i < 200; i++) {
      const change = { degrees: 360 * random.uniform(), zoom: 0.5 + random.uniform(), right: 0.3 };
      const values = placed(image, shape, change);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(255);
    }
    expect(placed(counted, three, { right: 100, down: -100 })).toEqual(Array(9).fill(1));
  });
});
