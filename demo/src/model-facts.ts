/** What a model says about itself, as name and value for a description list. */
import type { Model } from '@hff-edge/sdk';

const number = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

export function modelFacts(model: Model, sizeBytes: number): [name: string, value: string][] {
  const { width, height, channels } = model.input;
  const widths = model.spec.network.layers.map((layer) =>
    layer.type === 'conv' ? layer.channels : layer.units,
  );
  const facts: [string, string][] = [
    ['Name', `${model.name}, version ${model.version}`],
    ['Layers', [width * height * channels, ...widths].map((n) => number.format(n)).join(' → ')],
    ['Parameters', number.format(model.parameterCount)],
    ['Size', `${(sizeBytes / 1e6).toFixed(1)} MB`],
  ];
  const { training } = model.spec;
  if (training?.testAccuracy !== undefined) {
    facts.push(['Test accuracy', percent.format(training.testAccuracy)]);
  }
  if (training) {
    facts.push(['Trained on', `${training.data}, ${number.format(training.samples)} samples`]);
  }
  return facts;
}
