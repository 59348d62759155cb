/** The camera as a stream of pictures ready for the model. No frame is kept, and none leaves the page. */
import { newImageContext } from '../drawing/grey-image.ts';
import type { GreyImage } from '../model-thread/protocol.ts';
import { cut } from './read-picture.ts';

/**
 * Shows the camera in `video` and hands out one picture after another, each when the last was dealt
 * with.
 * @param signal ends it, and switches the camera off
 * @throws Error when there is no camera, or the user refuses it
 */
export async function watchCamera(
  video: HTMLVideoElement,
  take: (picture: GreyImage) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const stream = await openCamera();
  const stop = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) return stop();
  video.srcObject = stream;
  await video.play();
  const context = newImageContext();
  while (!signal.aborted) {
    await new Promise(requestAnimationFrame);
    if (video.videoWidth === 0) continue;
    await take(cut(context, video, video.videoWidth, video.videoHeight, Math.min));
  }
}

async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices) {
    throw new Error(
      'Camera: this page has none to ask for. It must be served by https or from localhost.',
    );
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch (cause) {
    const isRefused = (cause as Error).name === 'NotAllowedError';
    throw new Error(
      isRefused
        ? 'Camera: it was refused. Allow it for this page in the browser, or drop a picture here.'
        : 'Camera: none was found. Drop a picture here, or paste one.',
      { cause },
    );
  }
}
