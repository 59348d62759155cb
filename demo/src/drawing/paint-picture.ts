/** A picture's ink in the colours of the page, over the whole, square canvas. */
import type { GreyImage } from '../model-thread/protocol.ts';
import { newImageContext } from './grey-image.ts';

export function paintPicture(
  context: CanvasRenderingContext2D,
  { width, height, data }: GreyImage,
  { ink, paper }: { ink: string; paper: string },
): void {
  const own = newImageContext();
  const [from, to] = [colourOf(own, paper), colourOf(own, ink)];
  const pixels = own.createImageData(width, height);
  data.forEach((value, i) => {
    for (let channel = 0; channel < 3; channel++) {
      const [dark, bright] = [from[channel] as number, to[channel] as number];
      pixels.data[4 * i + channel] = dark + ((bright - dark) * value) / 255;
    }
    pixels.data[4 * i + 3] = 255;
  });
  own.canvas.width = width;
  own.canvas.height = height;
  own.putImageData(pixels, 0, 0);
  const size = context.canvas.width;
  context.drawImage(own.canvas, 0, 0, size, size);
}

function colourOf(context: CanvasRenderingContext2D, colour: string): Uint8ClampedArray {
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data;
}
