/** Images that are damaged, claim too much, or unpack to too much. */
import { deflateSync } from 'node:zlib';
import { makePng, type PngParts } from '../../data/make-png.ts';
import { gradientJpeg } from '../../data/sample-images.ts';
import { type Attack, oneOf, type Spoilt, type Target, takes } from './attack.ts';
import { damaged } from './damaged-bytes.ts';

const zeros = (count: number) => new Uint8Array(count);
const small: PngParts = { width: 28, height: 28, depth: 8, colourType: 0, rows: zeros(29 * 28) };
const jpegs = await Promise.all([
  gradientJpeg(28, 28),
  gradientJpeg(40, 30, { grey: true }),
  gradientJpeg(33, 17, { progressive: true }),
]);
const pngs = [
  small,
  { ...small, colourType: 6, rows: zeros((4 * 28 + 1) * 28) },
  { ...small, depth: 16, rows: zeros((2 * 28 + 1) * 28) },
  { ...small, depth: 1, rows: zeros(5 * 28) },
  { ...small, colourType: 3, chunks: [['PLTE', zeros(6)]] as const },
].map(makePng);

const far = 30_000;
/** More bytes than the header tells, in a few kilobytes. */
const overfull = zeros(64 * 2 ** 20);
/** All are refused. */
const bombs: readonly Uint8Array[] = [
  makePng({ ...small, width: far, height: far, rows: [] }),
  makePng({ ...small, width: 2 ** 31 - 1, height: 1, rows: [] }),
  makePng({ ...small, width: 2 ** 32 - 1, height: 2 ** 32 - 1, rows: [] }),
  makePng({ ...small, width: 0, height: 0, rows: [] }),
  makePng({ ...small, width: 2048, height: 2048, colourType: 6, depth: 16, rows: [] }),
  makePng({ ...small, rows: overfull }),
  makePng({ ...small, interlaced: true, rows: overfull }),
  makePng({ ...small, colourType: 3 }),
  makePng({ ...small, depth: 3 }),
  withLengthOf(0xffffffff),
  withLengthOf(0x7fffffff),
  jpegOfSize(65_535, 65_535),
  jpegOfSize(0, 0),
];

/** Soundly 28 × 28, with a text beside the pixels that unpacks to much: no reason to refuse it. */
const packedText = makePng({
  ...small,
  chunks: [
    ['zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(overfull)])],
    ['iCCP', Buffer.concat([Buffer.from('a\0\0'), deflateSync(overfull)])],
  ],
});

function withLengthOf(length: number): Uint8Array {
  const bytes = Buffer.from(makePng(small));
  bytes.writeUInt32BE(length, 33);
  return bytes;
}

function jpegOfSize(width: number, height: number): Uint8Array {
  const bytes = Buffer.from(jpegs[0] as Uint8Array);
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

function image(
  type: string,
  body: Uint8Array,
  isCertain: boolean,
  { operation, draft }: Target,
): Spoilt {
  const query = operation.id === 'classify' ? '' : 'label=7';
  return { headers: { ...draft.headers, 'Content-Type': type }, query, body, isCertain };
}

const types = ['image/png', 'image/jpeg'] as const;

export const imageAttacks: readonly Attack[] = [
  {
    name: 'damaged image',
    weight: 4,
    fits: takes('image/png'),
    spoil(target) {
      const { random } = target;
      const file = oneOf(random, [...pngs, ...jpegs]);
      return image(oneOf(random, types), damaged(file, random), false, target);
    },
  },
  {
    name: 'image bomb',
    fits: takes('image/png'),
    spoil: (target) =>
      image(oneOf(target.random, types), oneOf(target.random, bombs), true, target),
  },
  {
    name: 'image with a text that unpacks to much',
    weight: 0.2,
    fits: takes('image/png'),
    spoil: (target) => image('image/png', packedText, false, target),
  },
];
