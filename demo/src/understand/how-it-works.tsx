/** The lines that run, taken from the very files, so that they cannot differ from what the page does. */
import example from '../../../examples/page-teach.html?raw';
import lessons from '../model-thread/lessons.ts?raw';

export default function HowItWorks() {
  return (
    <div class="panels">
      <section class="panel">
        <h3>What runs when you press Teach</h3>
        <p class="quiet">
          From <code>demo/src/model-thread/lessons.ts</code>, as it runs here in a worker:
        </p>
        <pre>
          <code>{methodOf(lessons, 'async teach')}</code>
        </pre>
      </section>
      <section class="panel">
        <h3>All of it in one small page</h3>
        <p class="quiet">
          <code>examples/page-teach.html</code>, with a bundler of your choice:
        </p>
        <pre>
          <code>{example}</code>
        </pre>
      </section>
      <section class="panel">
        <h3>Why it does not forget</h3>
        <p class="quiet">
          The layers stay as they were trained, each by its own loss, without back-propagation. What
          is learned here are counts and sums of their features, class by class; from the sums
          follows what decides. So the order does not matter, taking back is subtraction, and two
          devices are joined by addition.
        </p>
      </section>
    </div>
  );
}

/** A method, from the line that has `first` to its end, moved to the left. */
function methodOf(source: string, first: string): string {
  const lines = source.split('\n');
  const from = lines.findIndex((line) => line.includes(first));
  const to = lines.indexOf('  }', from);
  return lines
    .slice(from, to + 1)
    .map((line) => line.slice(2))
    .join('\n');
}
