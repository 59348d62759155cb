/** Both ways to classify by a pass for each label, against the network that was trained. */
import { expect, it } from 'vitest';
import { ForwardForward } from '../../bench/baselines/forward-forward.ts';
import { labelPasses } from '../../bench/forward-forward/label-passes.ts';
import type { DenseSpec } from '../../sdk/src/hff/layer-spec.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { simdTrainingEngine } from '../hff/conv-specs.ts';
import { relativeError } from '../support/close.ts';

const [inputs, classes, labelValue] = [10, 6, 2];
const units = [40, 33, 8];
const layers = units.map(
  (width, i): DenseSpec => ({
    type: 'dense',
    inputs: units[i - 1] ?? inputs,
    units: width,
    prototypes: new Array<number>(classes).fill(1),
  }),
);

it.each([1, 7])('gives the goodness of %i samples', async (rows) => {
  const backend = await simdTrainingEngine();
  const network = new ForwardForward(backend, layers, 1, { threshold: 1, scale: 1, labelValue });
  const samples = new Random(3).normals(rows * inputs, 1);
  const weights = new Map(network.parameters.map(({ name, value }) => [name, backend.read(value)]));
  // The mean over the layers that count, as the network has it.
  const mean = network.vote(network.forward(samples, rows));
  const expected = mean.map((value) => value * (units.length - 1));
  const passes = labelPasses(backend, { inputs, classes, units, labelValue }, weights);
  expect(relativeError(passes.oneByOne(samples, rows), expected)).toBeLessThan(1e-5);
  expect(relativeError(passes.shared(samples, rows), expected)).toBeLessThan(1e-5);
  passes.dispose();
  network.dispose();
});
