/** The sphere that the page shows: true to the model, and steady while classes arrive. */
import { beforeEach, expect, it } from 'vitest';
import { ClassSphere } from '../../demo/src/model-thread/class-sphere.ts';
import { dot, principalAxes } from '../../demo/src/model-thread/principal-axes.ts';
import type { Place, SphereView } from '../../demo/src/model-thread/protocol.ts';
import { loadModel, type Model } from '../../sdk/src/node.ts';
import { mnistDigit } from '../support/render-digit.ts';

const modelPath = new URL('../../models/digits/digits.safetensors', import.meta.url).pathname;

let model: Model;

beforeEach(async () => {
  model = await loadModel(modelPath);
  return () => model.dispose();
});

const distance = (a: Place, b: Place): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const placeOf = ({ classes }: SphereView, label: string): Place =>
  classes.find((each) => each.label === label)?.place as Place;

async function look(sphere: ClassSphere, digit: number, hand: number): Promise<SphereView> {
  return sphere.view(await model.inspect(mnistDigit(digit, hand)), true);
}

it('puts everything on the unit sphere, and most digits near their class', async () => {
  const sphere = new ClassSphere();
  let near = 0;
  for (let i = 0; i < 50; i++) {
    const view = await look(sphere, i % 10, 300 + i);
    const own = view.sample as Place;
    for (const place of [own, ...view.classes.map((each) => each.place)]) {
      expect(Math.hypot(...place)).toBeCloseTo(1, 6);
    }
    const nearest = view.classes
      .toSorted((a, b) => distance(a.place, own) - distance(b.place, own))
      .slice(0, 3);
    if (nearest.some(({ label }) => label === String(i % 10))) near++;
  }
  expect(near).toBeGreaterThanOrEqual(40);
});

it('hardly moves what is there when a class arrives, and not at all when one is taught further', async () => {
  const sphere = new ClassSphere();
  const before = await look(sphere, 3, 1);
  await model.learn(mnistDigit(7, 1), 'new', { augment: false });
  const after = await look(sphere, 3, 1);
  expect(after.classes).toHaveLength(11);
  const moves = before.classes.map(({ label, place }) => distance(place, placeOf(after, label)));
  // The sphere is 2 across.
  expect(moves.reduce((sum, move) => sum + move / moves.length, 0)).toBeLessThan(0.3);
  expect(Math.max(...moves)).toBeLessThan(0.8);
  await model.learn(mnistDigit(7, 2), 'new', { augment: false });
  const further = await look(sphere, 3, 1);
  for (const { label } of before.classes) {
    expect(distance(placeOf(after, label), placeOf(further, label))).toBeLessThan(1e-6);
  }
});

it('shows classes alone, without votes, where there is no drawing', async () => {
  const view = new ClassSphere().view(await model.inspect(mnistDigit(3, 1)), false);
  expect(view).toMatchObject({ sample: null, votes: [] });
  expect(view.classes).toHaveLength(10);
});

it('finds the axes of the largest spread, orthonormal, and keeps their sense', () => {
  const rows = [
    [9, 0, 0, 0.1],
    [-8, 1, 0, 0],
    [0, 5, 0, -0.1],
    [1, -6, 0, 0],
    [0, 0, 3, 0.1],
    [0, 0, -3, 0],
  ].map((row) => Float64Array.from(row));
  const axes = principalAxes(rows);
  for (const [i, a] of axes.entries()) {
    for (const [j, b] of axes.entries()) expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 6);
    expect(Math.abs(a[3] as number)).toBeLessThan(0.05);
  }
  const turned = principalAxes([...rows, Float64Array.of(0.5, 0.5, 0.5, 0)], axes);
  turned.forEach((axis, i) => {
    expect(dot(axis, axes[i] as Float64Array)).toBeGreaterThan(0.99);
  });
});
