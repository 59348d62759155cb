/** Where one draws, sees it read, and teaches. */
import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { DrawingPad } from '../drawing/drawing-pad.ts';
import { oncePerFrame } from '../drawing/once-per-frame.ts';
import { read } from './actions.ts';
import { Answer } from './answer.tsx';
import { ClassTiles } from './class-tiles.tsx';
import { Lens } from './lens.tsx';
import { takePicture } from './pictures.ts';
import { isMoving, mode, phase, reading, subject, taughtAs } from './state.ts';
import { TeachForm } from './teach-form.tsx';
import { Tools } from './tools.tsx';

export function Stage() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<DrawingPad | null>(null);
  const update = useMemo(
    () =>
      oncePerFrame(async () => {
        const own = pad.current;
        if (!own) return;
        own.paint();
        take(own);
        await read();
      }),
    [],
  );
  useEffect(() => {
    const own = new DrawingPad(canvas.current as HTMLCanvasElement, () => {
      isMoving.value = own.isDrawing;
      taughtAs.value = null;
      // Whoever is quick teaches what is on the pad, not what was there a frame ago.
      if (!own.isDrawing) take(own);
      update();
    });
    pad.current = own;
    own.paint();
    return takePicture((picture) => {
      mode.value = 'draw';
      own.show(picture);
    });
  }, [update]);
  useSignalEffect(() => {
    if (phase.value === 'ready' && mode.value === 'draw') update();
  });
  useSignalEffect(() => {
    if (taughtAs.value !== null && mode.value === 'draw') pad.current?.finish();
  });
  useShortcut(() => pad.current?.undo());
  return (
    <section
      id="stage"
      data-state={phase.value}
      class={subject.value ? 'drawn' : ''}
      aria-label="Draw, read and teach"
    >
      <div class="drawing">
        <div class="paper">
          <canvas
            id="pad"
            ref={canvas}
            role="img"
            aria-label="Drawing area, for mouse, finger or pen"
          />
          {mode.value === 'camera' ? <Lens /> : <Hint />}
        </div>
        <Tools
          onUndo={() => pad.current?.undo()}
          onClear={() => {
            mode.value = 'draw';
            pad.current?.clear();
          }}
        />
      </div>
      <Answer />
      <ClassTiles />
      <TeachForm />
      <p class="time">
        Read in{' '}
        <span id="time">{reading.value ? `${reading.value.milliseconds.toFixed(1)} ms` : '–'}</span>
        , on this device
      </p>
    </section>
  );
}

function take(pad: DrawingPad): void {
  if (mode.value === 'draw') subject.value = pad.isEmpty ? null : pad.image();
}

function Hint() {
  return (
    <p class="hint" aria-hidden="true">
      <svg aria-hidden="true" viewBox="0 0 48 48" width="40" height="40">
        <path d="M10 34c6-12 10-20 15-20 6 0-6 18 0 18 4 0 8-8 13-14" />
      </svg>
      Draw here
    </p>
  );
}

/** Ctrl-Z, but where somebody writes. */
function useShortcut(undo: () => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      if (event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      undo();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [undo]);
}
