/** In the place of everything else where there is no model. */
import { failure, phase } from './state.ts';

export function Failure() {
  if (phase.value !== 'failed') return null;
  return (
    <section id="failure" role="alert">
      <h2>The model could not be loaded</h2>
      <p id="failure-reason">{failure.value}</p>
      <button id="retry" type="button" onClick={() => location.reload()}>
        Try again
      </button>
    </section>
  );
}
