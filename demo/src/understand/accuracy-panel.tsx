/** Whether teaching something new cost anything old: digits that it never learned from, digit by digit. */
import { useEffect } from 'preact/hooks';
import { shareOf } from '../page/figures.ts';
import {
  beginMeasuring,
  type Measurement,
  measurements,
  problem,
  progress,
} from './measurements.ts';

export function AccuracyPanel() {
  useEffect(beginMeasuring, []);
  const all = measurements.value;
  const first = all[0];
  const last = all.at(-1);
  return (
    <section class="panel">
      <h3>Has it forgotten anything?</h3>
      <p class="quiet">
        500 digits of MNIST’s test set, none of which it learned from, are read again after each
        change.
      </p>
      {progress.value !== null && (
        <p class="measuring quiet">
          <progress aria-label="Reading 500 digits" value={progress.value} /> reading 500 digits
        </p>
      )}
      {problem.value && <p class="notice">{problem.value}</p>}
      {all.length > 0 && (
        <ol class="history">
          {all.map(({ title, accuracy }, i) => (
            <li key={i}>
              <span>{title}</span> <strong>{shareOf(accuracy.share)}</strong>
            </li>
          ))}
        </ol>
      )}
      {first && last && (
        <p class="legend quiet" aria-hidden="true">
          Right of 50 <i class="before" /> as it came <i class="now" /> now
        </p>
      )}
      {first && last && <PerDigit first={first} last={last} />}
      {first && last && all.length > 1 && <p id="forgotten">{describeLoss(first, last)}</p>}
    </section>
  );
}

interface PerDigitProps {
  readonly first: Measurement;
  readonly last: Measurement;
}

function PerDigit({ first, last }: PerDigitProps) {
  return (
    <ul class="per-digit" aria-label="Right of 50, as it came and now">
      {last.accuracy.classes.map(({ label, right, of }, i) => {
        const before = first.accuracy.classes[i]?.right ?? 0;
        return (
          <li key={label} aria-label={`${label}: ${right} of ${of}, as it came ${before}`}>
            <svg aria-hidden="true" viewBox="0 0 20 60" preserveAspectRatio="none">
              <rect class="track" width="20" height="60" />
              <rect
                class="before"
                x="0"
                width="9"
                y={60 - (60 * before) / of}
                height={(60 * before) / of}
              />
              <rect
                class="now"
                x="11"
                width="9"
                y={60 - (60 * right) / of}
                height={(60 * right) / of}
              />
            </svg>
            <span>{label}</span>
            <span class="change">{right === before ? '' : signed(right - before)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function describeLoss(first: Measurement, last: Measurement): string {
  const lost = last.accuracy.classes
    .map(({ label, right }, i) => ({ label, by: (first.accuracy.classes[i]?.right ?? 0) - right }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by);
  if (lost.length === 0) return 'Nothing was forgotten.';
  const parts = lost.map(({ label, by }) => `${by} of 50 at ${label}`);
  return `Forgotten: ${parts.join(', ')}.`;
}

const signed = (value: number): string => (value > 0 ? `+${value}` : `−${-value}`);
