/** Milliseconds and bytes of what was done last. */
import { sizeOf, timeOf } from '../page/figures.ts';
import { reading, steps, subject } from '../page/state.ts';

export function CostPanel() {
  const [image, now] = [subject.value, reading.value];
  return (
    <section class="panel">
      <h3>What it costs</h3>
      <table class="costs">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Time</th>
            <th scope="col">Bytes</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">read a drawing</th>
            <td>{now ? timeOf(now.milliseconds) : '–'}</td>
            <td>{image ? `${sizeOf(image.data.byteLength)} of pixels` : '–'}</td>
          </tr>
          {steps.value.map(({ done, label, milliseconds, bytes }) => (
            <tr key={done}>
              <th scope="row">
                {done} {label}
              </th>
              <td>{timeOf(milliseconds)}</td>
              <td>{`${sizeOf(bytes)} ${done === 'synced' ? 'received' : 'to keep and tell'}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">
        Learning adds a drawing’s features to sums; the drawing itself is not kept. Bytes are what
        another device has to be told.
      </p>
    </section>
  );
}
