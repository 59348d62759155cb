import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../sdk/src/data/decode-image.ts';
import { makePng } from './make-png.ts';
import { gradient } from './sample-images.ts';

const decoded = async (bytes: Uint8Array): Promise<number[]> => [
  ...(await decodeImage(bytes)).data,
];

describe('decodeImage with PNG', () => {
  it.each([1, 2, 3, 4])(
    'gives %i channels of 8 and 16 bits, interlaced or not',
    async (channels) => {
      const data = gradient(13, 7, channels);
      const image = { width: 13, height: 7, channels };
      for (const interlace of ['null', 'Adam7'] as const) {
        const shallow = await decodeImage(encode({ ...image, data }, { interlace }));
        expect(shallow).toEqual({ width: 13, height: 7, data });
        const deep = { ...image, depth: 16 as const, data: Uint16Array.from(data, (v) => v * 257) };
        expect((await decodeImage(encode(deep, { interlace }))).data).toEqual(data);
      }
    },
  );

  it('spreads grey values of 1, 2 and 4 bits over 0 to 255', async () => {
    const grey = { width: 5, height: 2, colourType: 0 };
    const one = makePng({ ...grey, depth: 1, rows: [0, 0b10110000, 0, 0b01001000] });
    expect(await decoded(one)).toEqual([255, 0, 255, 255, 0, 0, 255, 0, 0, 255]);
    const two = makePng({ ...grey, depth: 2, rows: [0, 0b00011011, 0b11000000, 0, 0, 0] });
    expect(await decoded(two)).toEqual([0, 85, 170, 255, 255, 0, 0, 0, 0, 0]);
    const four = makePng({ ...grey, depth: 4, rows: [0, 0x01, 0x2f, 0x80, 0, 0, 0, 0] });
    expect(await decoded(four)).toEqual([0, 17, 34, 255, 136, 0, 0, 0, 0, 0]);
  });

  it('looks palettes up, with and without transparency', async () => {
    const palette = ['PLTE', [10, 20, 30, 40, 50, 60]] as const;
    const image = { width: 3, height: 1, depth: 1, colourType: 3, rows: [0, 0b01000000] };
    const opaque = makePng({ ...image, chunks: [palette] });
    expect(await decoded(opaque)).toEqual([10, 20, 30, 40, 50, 60, 10, 20, 30]);
    const clear = makePng({ ...image, chunks: [palette, ['tRNS', [7]]] });
    expect(await decoded(clear)).toEqual([10, 20, 30, 7, 40, 50, 60, 255, 10, 20, 30, 7]);
  });

  it('turns the colour that stands for transparent into alpha', async () => {
    const image = { width: 2, height: 1, depth: 8, colourType: 0, rows: [0, 9, 8] };
    expect(await decoded(makePng({ ...image, chunks: [['tRNS', [0, 9]]] }))).toEqual([
      9, 0, 8, 255,
    ]);
  });

  it('passes over a second header and packed extras', async () => {
    const image = { width: 2, height: 1, depth: 8, colourType: 0, rows: [0, 9, 8] };
    const chunks = [
      ['IHDR', [0, 0, 255, 255, 0, 0, 255, 255, 16, 6, 0, 0, 0]],
      ['iCCP', [1, 2, 3]],
      ['tEXt', [65]],
    ] as const;
    expect(await decoded(makePng({ ...image, chunks }))).toEqual([9, 8]);
  });

  it('refuses pixel data that is more or less than the header says', async () => {
    const image = { width: 4, height: 4, depth: 8, colourType: 0 };
    const bomb = makePng({ ...image, rows: new Uint8Array(50_000_000) });
    const short = makePng({ ...image, rows: new Uint8Array(19) });
    for (const [bytes, came] of [
      [bomb, 'more than 20'],
      [short, 'only 19'],
    ] as const) {
      await expect(decodeImage(bytes)).rejects.toMatchObject({
        code: 'input/image',
        message: expect.stringContaining(came),
      });
    }
  });

  it('refuses what contradicts the format', async () => {
    const image = { width: 2, height: 1, depth: 8, colourType: 0, rows: [0, 9, 8] };
    const wrong = [
      makePng({ ...image, depth: 3 }),
      makePng({ ...image, colourType: 5 }),
      makePng({ ...image, width: 0 }),
      makePng({ ...image, rows: [9, 9, 8] }),
      makePng({ ...image, colourType: 3 }),
      makePng({ ...image, colourType: 3, chunks: [['PLTE', [1, 2, 3]]] }),
      makePng({ ...image, depth: 4, interlaced: true }),
    ];
    for (const bytes of wrong) {
      await expect(decodeImage(bytes)).rejects.toMatchObject({ code: 'input/image' });
    }
  });

  it('refuses every cut and every damaged byte in an image', async () => {
    const whole = encode({ width: 5, height: 4, channels: 3, data: gradient(5, 4, 3) });
    for (let at = 0; at < whole.length; at++) {
      await expect(decodeImage(whole.subarray(0, at))).rejects.toMatchObject({
        code: 'input/image',
      });
      const damaged = whole.slice();
      damaged[at] = (damaged[at] as number) ^ 0xff;
      await expect(decodeImage(damaged)).rejects.toMatchObject({
        code: expect.stringMatching(/^input\/(image|too-large)$/),
      });
    }
  });
});
