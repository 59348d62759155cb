/** The classes on the sphere, with the drawing among them, and the votes of the layers. */
import { computed, signal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { oncePerFrame } from '../drawing/once-per-frame.ts';
import type { SphereView } from '../model-thread/protocol.ts';
import { classes, reading, subject } from '../page/state.ts';
import { thread } from '../page/thread.ts';
import { SpherePlot } from './sphere-plot.tsx';

const wanted = computed(() => ({
  known: classes.value,
  image: reading.value ? subject.value : null,
}));
const view = signal<SphereView | null>(null);

export function SpherePanel() {
  const look = useMemo(
    () =>
      oncePerFrame(async () => {
        view.value = await thread.look(wanted.value.image).catch(() => null);
      }),
    [],
  );
  useSignalEffect(() => {
    if (wanted.value.known.length > 0) look();
  });
  const now = view.value;
  return (
    <section class="panel sphere">
      <h3>The classes on the sphere</h3>
      <p class="quiet">
        Each layer puts what it sees on a sphere of hundreds of dimensions. These are the three in
        which the classes differ most. Turn it by dragging or with the arrow keys.
      </p>
      {now && <SpherePlot view={now} />}
      {now && <Votes view={now} />}
    </section>
  );
}

function Votes({ view }: { readonly view: SphereView }) {
  if (view.votes.length === 0) {
    return <p class="quiet">Draw something: it shows up as a ring, and the layers vote.</p>;
  }
  const decided = reading.value;
  return (
    <table class="votes">
      <caption class="quiet">Nearest class in each layer, by the cosine to its mean</caption>
      <tbody>
        {view.votes.map(({ label, scores }, layer) => (
          <tr key={layer}>
            <th scope="row">Layer {layer + 1}</th>
            <td class={label === decided?.label ? 'agrees' : ''}>
              <strong>{label}</strong>
            </td>
            <td class="quiet">
              {scores
                .slice(0, 3)
                .map((each) => `${each.label} ${each.score.toFixed(2)}`)
                .join(' · ')}
            </td>
          </tr>
        ))}
        {decided && (
          <tr>
            <th scope="row">Together</th>
            <td class="agrees">
              <strong>{decided.unknown ? '?' : decided.label}</strong>
            </td>
            <td class="quiet">
              {decided.unknown ? 'like none of them, ' : ''}familiarity{' '}
              {decided.familiarity.toFixed(2)}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
