/** Writes examples/seven.png: a handwritten 7, dark ink on white paper, for trying the API and the command line. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { renderDigit } from '../test/support/render-digit.ts';

const SIZE = 280;
const folder = new URL('../examples/', import.meta.url);

const { data } = renderDigit(7, 3, SIZE);
const paper = data.map((light) => 255 - light);
mkdirSync(folder, { recursive: true });
writeFileSync(
  new URL('seven.png', folder),
  encode({ width: SIZE, height: SIZE, data: paper, channels: 1 }),
);
