/** What the camera sees, read as it comes. Frames stay in the page; the code is loaded with the first. */
import { useEffect, useRef } from 'preact/hooks';
import { hasInk } from '../drawing/grey-image.ts';
import { read } from './actions.ts';
import { hold } from './pictures.ts';
import { isMoving, mode, notice, reading, subject, taughtAs } from './state.ts';

export function Lens() {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const ended = new AbortController();
    isMoving.value = true;
    subject.value = null;
    reading.value = null;
    import('../pictures/camera.ts')
      .then(({ watchCamera }) =>
        watchCamera(
          video.current as HTMLVideoElement,
          (image) => {
            subject.value = hasInk(image) ? image : null;
            return read();
          },
          ended.signal,
        ),
      )
      .catch((error: Error) => {
        if (ended.signal.aborted) return;
        notice.value = error.message;
        mode.value = 'draw';
      });
    return () => {
      ended.abort();
      isMoving.value = false;
      taughtAs.value = null;
    };
  }, []);
  return (
    <div class="lens">
      <video ref={video} playsinline muted aria-label="What the camera sees" />
      <button id="shoot" type="button" onClick={() => subject.value && hold(subject.value)}>
        Hold this picture
      </button>
    </div>
  );
}
