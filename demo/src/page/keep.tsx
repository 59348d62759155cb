/** Where all of it is kept: on this device, in a file, on a server. */
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { SyncState } from '../model-thread/protocol.ts';
import { exportModel, importModel, reset, syncNow, useKey } from './actions.ts';
import { classes, isOnline, phase, sync } from './state.ts';

export function Keep() {
  const file = useRef<HTMLInputElement>(null);
  const isReady = phase.value === 'ready';
  return (
    <section id="keep" class="part">
      <h2>Where it is kept</h2>
      <p class="quiet">
        On this device, the moment you teach it: there after a reload, in all tabs, without a
        network.
        {!isOnline.value && <strong id="offline"> You are offline; nothing is missing.</strong>}
      </p>
      <div class="buttons">
        <button type="button" disabled={!isReady} onClick={() => exportModel()}>
          Export
        </button>
        <button type="button" disabled={!isReady} onClick={() => file.current?.click()}>
          Import
        </button>
        <input
          ref={file}
          id="import"
          type="file"
          accept=".safetensors"
          aria-label="Exported model"
          hidden
          onChange={({ currentTarget }) => {
            const [chosen] = currentTarget.files ?? [];
            if (chosen) void importModel(chosen);
            currentTarget.value = '';
          }}
        />
        <Reset />
      </div>
      <Sync />
    </section>
  );
}

/** Asks once more: it cannot be undone. */
function Reset() {
  const isAsking = useSignal(false);
  const isTaught = classes.value.some(({ learned }) => learned !== 0);
  if (!isAsking.value) {
    return (
      <button
        type="button"
        id="reset"
        disabled={!isTaught}
        onClick={() => {
          isAsking.value = true;
        }}
      >
        Forget all
      </button>
    );
  }
  return (
    <button
      type="button"
      id="reset"
      class="danger"
      onClick={() => {
        isAsking.value = false;
        void reset();
      }}
      onBlur={() => {
        isAsking.value = false;
      }}
    >
      Really forget all?
    </button>
  );
}

function Sync() {
  const key = useSignal('');
  const id = useId();
  const now = sync.value;
  const hasKey = now.state !== 'off';
  return (
    <div id="sync" data-state={now.state}>
      <h3>
        On other devices <span class="chip">{chipOf(now)}</span>
      </h3>
      <p role="status" class="quiet">
        {describeSync(now)}
      </p>
      {hasKey ? (
        <div class="buttons">
          <button type="button" onClick={() => syncNow()}>
            Sync now
          </button>
          <button type="button" onClick={() => useKey(null)}>
            Forget the key
          </button>
        </div>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void useKey(key.value.trim());
            key.value = '';
          }}
        >
          <label for={id}>API key</label>
          <input
            id={id}
            type="password"
            autocomplete="off"
            placeholder="hff_…"
            value={key.value}
            onInput={(event) => {
              key.value = event.currentTarget.value;
            }}
          />
          <button type="submit" disabled={!key.value.trim() || phase.value !== 'ready'}>
            Sync
          </button>
        </form>
      )}
    </div>
  );
}

function chipOf({ state }: SyncState): string {
  const chips = {
    off: 'not synced',
    waiting: 'not yet synced',
    syncing: 'syncing …',
    synced: 'synced',
    offline: 'offline',
    refused: 'refused',
  };
  return chips[state];
}

function describeSync(now: SyncState): string {
  if (now.state === 'off') {
    return 'With an API key of this server (npm start prints one) devices teach each other. It stays on this device.';
  }
  if (now.state === 'refused') return now.reason;
  if (now.state === 'offline')
    return 'The server is out of reach. What you teach is kept, and brought there later.';
  if (now.state === 'synced') {
    return `At ${new Date(now.at).toLocaleTimeString()}, with version ${now.version} on the server.`;
  }
  return 'What you taught is on its way.';
}
