/** The facts of the model, and how to use it over HTTP. */
import { modelFacts } from './model-facts.ts';
import { facts } from './state.ts';

export function ModelCard() {
  const rows = facts.value ? modelFacts(facts.value, MODEL_BYTES) : [];
  return (
    <div class="columns">
      <section id="model" class="part">
        <h2>The model</h2>
        <dl id="facts">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section id="api" class="part">
        <h2>The same over HTTP</h2>
        <p class="quiet">Send a PNG or JPEG of a digit, get labels and scores as JSON:</p>
        <pre>
          <code>
            {`curl -H 'content-type: image/png' \\
  --data-binary @examples/seven.png \\
  ${location.origin}/v1/models/digits/classify`}
          </code>
        </pre>
        <p class="quiet">
          What the model takes and answers: <a href="/v1/models/digits">/v1/models/digits</a>. All
          routes, also those that teach: <a href="/docs">the reference</a>.
        </p>
      </section>
    </div>
  );
}
