/** Pictures from elsewhere (a file, a drop, the clipboard, the camera) on their way to the pad. */
import type { GreyImage } from '../model-thread/protocol.ts';
import { notice } from './state.ts';

let take: (picture: GreyImage) => void = () => {};

/**
 * @param taken hears of each picture; from then on they may be dropped and pasted anywhere
 * @returns ends it
 */
export function takePicture(taken: (picture: GreyImage) => void): () => void {
  take = taken;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    offerFirst(event.dataTransfer);
  };
  const paste = (event: ClipboardEvent): void => offerFirst(event.clipboardData);
  const allow = (event: DragEvent): void => event.preventDefault();
  addEventListener('dragover', allow);
  addEventListener('drop', drop);
  addEventListener('paste', paste);
  return () => {
    removeEventListener('dragover', allow);
    removeEventListener('drop', drop);
    removeEventListener('paste', paste);
  };
}

export function hold(picture: GreyImage): void {
  take(picture);
}

export async function offerPicture(file: Blob): Promise<void> {
  try {
    const { readPicture } = await import('../pictures/read-picture.ts');
    take(await readPicture(file));
    notice.value = '';
  } catch (error) {
    notice.value = (error as Error).message;
  }
}

function offerFirst(data: DataTransfer | null): void {
  const [file] = data?.files ?? [];
  if (file) void offerPicture(file);
}
