/** Grey values of pictures and drawings, as the model's thread gets them: a quarter of the bytes. */
import type { GreyImage } from '../model-thread/protocol.ts';

/** Pixels per side: ample for the model's 28. */
export const IMAGE_SIZE = 140;

export function greyImage({ width, height, data }: ImageData): GreyImage {
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++) {
    const [red, green, blue] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]] as number[];
    grey[i] = 0.299 * (red as number) + 0.587 * (green as number) + 0.114 * (blue as number);
  }
  return { width, height, data: grey };
}

export function hasInk({ data }: GreyImage): boolean {
  return data.some((value) => value > 0);
}

/** A canvas of no transparency that is read more often than shown. */
export function opaqueContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('This browser offers no 2D canvas, which the drawing pad needs.');
  return context;
}

export function newImageContext(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = IMAGE_SIZE;
  return opaqueContext(canvas);
}
