/** All that the model knows, to be renamed and forgotten. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { KnownClass } from '../model-thread/protocol.ts';
import { forgetClass, renameClass, unlearn } from './actions.ts';
import { countOf, plural } from './figures.ts';
import { classes } from './state.ts';

export function Classes() {
  const taught = classes.value.filter(({ base }) => base === 0);
  const trained = classes.value.filter(({ base }) => base > 0);
  return (
    <section id="classes" class="part">
      <h2>What it knows</h2>
      {taught.length === 0 && (
        <p class="quiet">
          {trained.length > 0
            ? 'So far what it was trained on. What you teach it comes first in this list.'
            : 'Nothing yet.'}
        </p>
      )}
      <ul class="known">
        {[...taught, ...trained].map((each) => (
          <Known key={each.label} known={each} />
        ))}
      </ul>
    </section>
  );
}

function Known({ known }: { readonly known: KnownClass }) {
  const { label, base, learned, lessons } = known;
  const name = useSignal(label);
  const id = useId();
  return (
    <li>
      <details>
        <summary>
          <strong>{label}</strong> <span class="quiet">{describeSamples(base, learned)}</span>
        </summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.value.trim() !== label) void renameClass(label, name.value.trim());
          }}
        >
          <label for={id}>Name</label>
          <input
            id={id}
            autocomplete="off"
            maxlength={40}
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
          <button type="submit" disabled={!name.value.trim() || name.value.trim() === label}>
            Rename
          </button>
        </form>
        <div class="buttons">
          <button type="button" disabled={lessons === 0} onClick={() => unlearn(label)}>
            Take back an example
          </button>
          <button type="button" class="danger" onClick={() => forgetClass(label)}>
            Forget {label}
          </button>
        </div>
      </details>
    </li>
  );
}

function describeSamples(base: number, learned: number): string {
  if (base === 0) return plural(learned, 'example');
  if (learned === 0) return countOf(base);
  return `${countOf(base)} ${learned > 0 ? '+' : '−'} ${countOf(Math.abs(learned))}`;
}
