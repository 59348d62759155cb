/**
 * From the model's many dimensions to a sphere that can be looked at: the three axes along which class
 * means differ most. They turn as little as they can when classes arrive, so that nothing jumps.
 * Loaded when it is first asked for.
 */
import type { Inspection } from '@hff-edge/sdk';
import { dot, principalAxes } from './principal-axes.ts';
import type { Place, SphereView } from './protocol.ts';

export class ClassSphere {
  #centre: Float64Array | undefined;
  #axes: Float64Array[] = [];
  #known = '';

  /** @param hasSample whether the features are those of a drawing, to be shown too */
  view({ classes, features, layers }: Inspection, hasSample: boolean): SphereView {
    this.#turnTo(classes);
    return {
      classes: classes.map(({ label, mean }) => ({ label, place: this.#place(mean) })),
      sample: hasSample ? this.#place(features) : null,
      votes: hasSample ? layers : [],
    };
  }

  #turnTo(classes: Inspection['classes']): void {
    const known = classes.map(({ label }) => label).join('\n');
    if (known === this.#known) return;
    this.#known = known;
    this.#centre ??= middleOf(classes.map(({ mean }) => mean));
    const centre = this.#centre;
    const rows = classes.map(({ mean }) => minus(mean, centre));
    this.#axes = principalAxes(rows, this.#axes);
  }

  #place(features: Float32Array): Place {
    const from = minus(features, this.#centre as Float64Array);
    const [x = 0, y = 0, z = 0] = this.#axes.map((axis) => dot(axis, from));
    const length = Math.hypot(x, y, z) || 1;
    return [x / length, y / length, z / length];
  }
}

function minus(a: Float32Array, b: Float64Array): Float64Array {
  return Float64Array.from(a, (value, i) => value - (b[i] as number));
}

function middleOf(means: readonly Float32Array[]): Float64Array {
  return Float64Array.from(means[0] ?? [], (_, i) =>
    means.reduce((sum, mean) => sum + (mean[i] as number) / means.length, 0),
  );
}
