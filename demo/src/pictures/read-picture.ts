/** A picture from a file, a drop or the clipboard, made ready for the pad. */
import { greyImage, hasInk, IMAGE_SIZE, newImageContext } from '../drawing/grey-image.ts';
import type { GreyImage } from '../model-thread/protocol.ts';
import { photographedInk } from './photographed-ink.ts';

/** @throws Error for what the browser takes for no picture, and for a picture without ink */
export async function readPicture(file: Blob): Promise<GreyImage> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error(
      `Picture: expected one that this browser can show, got ${file.type || 'a file of unknown type'}. Try a PNG or JPEG.`,
    );
  });
  const context = newImageContext();
  // What is transparent is paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, IMAGE_SIZE, IMAGE_SIZE);
  const ink = cut(context, picture, picture.width, picture.height, Math.max);
  if (hasInk(ink)) return ink;
  throw new Error('Picture: expected something written, got no ink. Try one with more contrast.');
}

/**
 * Grey values of a square around the middle.
 * @param side of the two sides, that of the square
 */
export function cut(
  context: CanvasRenderingContext2D,
  source: CanvasImageSource,
  width: number,
  height: number,
  side: (width: number, height: number) => number,
): GreyImage {
  const scale = IMAGE_SIZE / side(width, height);
  const [shownWidth, shownHeight] = [width * scale, height * scale];
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    source,
    (IMAGE_SIZE - shownWidth) / 2,
    (IMAGE_SIZE - shownHeight) / 2,
    shownWidth,
    shownHeight,
  );
  return photographedInk(greyImage(context.getImageData(0, 0, IMAGE_SIZE, IMAGE_SIZE)));
}
