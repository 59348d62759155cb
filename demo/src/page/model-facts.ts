/** What a model says about itself, as name and value for a description list. */
import type { ModelFacts } from '../model-thread/protocol.ts';
import { countOf, shareOf, sizeOf } from './figures.ts';

export function modelFacts(
  { spec, parameterCount }: ModelFacts,
  sizeBytes: number,
): [name: string, value: string][] {
  const { width, height, channels } = spec.input;
  const widths = spec.network.layers.map((layer) =>
    layer.type === 'conv' ? layer.channels : layer.units,
  );
  const facts: [string, string][] = [
    ['Name', `${spec.name}, version ${spec.version}`],
    ['Layers', [width * height * channels, ...widths].map(countOf).join(' → ')],
    ['Parameters', countOf(parameterCount)],
    ['Size', sizeOf(sizeBytes)],
  ];
  const { training } = spec;
  if (training?.testAccuracy !== undefined) {
    facts.push(['Test accuracy', shareOf(training.testAccuracy)]);
  }
  if (training)
    facts.push(['Trained on', `${training.data}, ${countOf(training.samples)} samples`]);
  return facts;
}
