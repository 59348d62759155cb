/**
 * Writes the pictures in examples, dark ink on white paper, for trying the API and the command line: a
 * handwritten 7, and the letter λ, which the default model does not know.
 */
import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import type { PixelImage } from '../sdk/src/data/pixel-image.ts';
import { renderDigit, renderStrokes } from '../test/support/render-digit.ts';

const size = 280;

function write(name: string, { data }: PixelImage): void {
  const paper = Uint8Array.from(data, (light) => 255 - light);
  const png = encode({ width: size, height: size, data: paper, channels: 1 });
  writeFileSync(new URL(`../examples/${name}.png`, import.meta.url), png);
}

write('seven', renderDigit(7, 3, size));
write(
  'lambda',
  renderStrokes(
    [
      [
        [0.36, 0.2],
        [0.7, 0.8],
      ],
      [
        [0.52, 0.48],
        [0.3, 0.8],
      ],
    ],
    size,
  ),
);
