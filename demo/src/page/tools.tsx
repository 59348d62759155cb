/** What one does to the drawing, and where pictures come from. */
import { useRef } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { offerPicture } from './pictures.ts';
import { mode } from './state.ts';

interface ToolsProps {
  readonly onUndo: () => void;
  readonly onClear: () => void;
}

export function Tools({ onUndo, onClear }: ToolsProps) {
  const file = useRef<HTMLInputElement>(null);
  const isCamera = mode.value === 'camera';
  return (
    <div class="tools">
      <button id="undo" type="button" title="Undo the last stroke" onClick={onUndo}>
        <Icon name="undo" />
        <span>Undo</span>
      </button>
      <button id="clear" type="button" title="Clear the pad" onClick={onClear}>
        <Icon name="clear" />
        <span>Clear</span>
      </button>
      <button
        id="camera"
        type="button"
        title="Show it to the camera"
        aria-pressed={isCamera}
        onClick={() => {
          mode.value = isCamera ? 'draw' : 'camera';
        }}
      >
        <Icon name="camera" />
        <span>Camera</span>
      </button>
      <button
        id="picture"
        type="button"
        title="Open a picture; or drop or paste one"
        onClick={() => file.current?.click()}
      >
        <Icon name="picture" />
        <span>Picture</span>
      </button>
      <input
        ref={file}
        id="picture-file"
        type="file"
        accept="image/*"
        aria-label="Picture of something written"
        hidden
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) void offerPicture(chosen);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
