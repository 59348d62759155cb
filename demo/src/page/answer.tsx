/** What the model says, for eyes and for ears. */
import { describeReading } from './describe-reading.ts';
import { plural } from './figures.ts';
import { classes, isMoving, mode, phase, reading, subject, taughtAs } from './state.ts';

/** Below this many examples a class is still being got to know. */
const fewExamples = 5;

export function Answer() {
  const { label, unknown } = reading.value ?? {};
  const taught = taughtAs.value;
  const shown = taught ?? (unknown ? '?' : (label ?? ''));
  const sentence = sentenceNow();
  return (
    <>
      <div class="reading" aria-hidden="true">
        <span id="answer" class={shown.length > 2 ? 'word' : ''} data-unknown={!taught && unknown}>
          {shown}
        </span>
        <span id="sentence">{sentence}</span>
      </div>
      <p id="announcement" class="for-ears" role="status">
        {isMoving.value || !reading.value
          ? ''
          : `${unknown && !taught ? '' : `${shown}. `}${sentence}`}
      </p>
    </>
  );
}

function sentenceNow(): string {
  if (phase.value === 'loading') return 'Loading the model …';
  const taught = taughtAs.value;
  if (taught !== null) return describeLesson(taught);
  if (reading.value && subject.value) return describeReading(reading.value);
  if (mode.value === 'camera') return 'Hold something written before the camera.';
  return 'Draw a digit. Or anything else, and tell me its name.';
}

function describeLesson(label: string): string {
  const known = classes.value.find((each) => each.label === label);
  if (!known || known.base > 0) return 'Learned.';
  if (known.learned >= fewExamples) return `Learned, ${plural(known.learned, 'example')}.`;
  return `Learned, example ${known.learned} of ${fewExamples}. ${mode.value === 'camera' ? 'Show' : 'Draw'} another.`;
}
