/** A tile for each class, as full as its score; a tap says that this is what the drawing is. */
import { teach, unlearn } from './actions.ts';
import { classes, lessons, reading, subject, taughtAs } from './state.ts';

export function ClassTiles() {
  const now = reading.value;
  const shares = new Map(now?.scores.map(({ label, score }) => [label, score]));
  const labels = classes.value.map(({ label }) => label);
  const tip = now?.unknown ? 'If it is one of these, tap it.' : 'Wrong? Tap what it is.';
  return (
    <div class="tiles">
      <ol id="bars" aria-label="Classes and their scores">
        {labels.map((label) => {
          const share = shares.get(label) ?? 0;
          const isBest = now?.label === label && !now.unknown;
          const size = label.length > 8 ? 'long' : label.length > 2 ? 'word' : '';
          return (
            <li key={label} class={`${isBest ? 'best' : ''} ${size}`} style={{ '--score': share }}>
              <button
                type="button"
                disabled={!subject.value}
                title={`Learn the drawing as ${label}`}
                onClick={() => teach(label)}
              >
                <span class="label">{label}</span>{' '}
                <span class="score">{share >= 0.005 ? `${Math.round(100 * share)}%` : ''}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <div class="below">
        <span class="tip quiet">{taughtAs.value === null ? tip : 'Meant another? Tap it.'}</span>
        {lessons.value > 0 && (
          <button id="unlearn" type="button" class="plain" onClick={() => unlearn()}>
            Take back last
          </button>
        )}
      </div>
    </div>
  );
}
