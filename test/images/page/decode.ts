/** The entry for image files as a page uses it. */
import { HffError, type PixelImage } from '@hff-edge/sdk';
import { decodeImage } from '@hff-edge/sdk/images';

export interface Decoded {
  readonly width: number;
  readonly height: number;
  /** Of the first channel. */
  readonly values: number[];
}

declare global {
  /**
   * @param bytes of the file
   * @returns what is in it, or the code with which it is refused
   */
  var decodeFile: (bytes: number[], maxPixels: number) => Promise<Decoded | string>;
}

function firstChannel({ width, height, data }: PixelImage): Decoded {
  const channels = data.length / (width * height);
  return { width, height, values: [...data].filter((_, i) => i % channels === 0) };
}

globalThis.decodeFile = async (bytes, maxPixels) => {
  try {
    const file = new Blob([Uint8Array.from(bytes)]);
    return firstChannel(await decodeImage(file, { maxPixels }));
  } catch (error) {
    return error instanceof HffError ? error.code : String(error);
  }
};
