/** What seeing each test image of CIFAR-10 in several ways brings to `models/cifar10`. */
import { imageViews, type ViewOptions } from '../sdk/src/data/image-views.ts';
import { evaluateModel, loadDataset, loadModel } from '../sdk/src/node.ts';
import { rowsOrReason } from './rows-or-reason.ts';

const trials: readonly ViewOptions[] = [{}, { flip: true }, { shift: 1 }, { flip: true, shift: 1 }];

export function measureViews(): Promise<Record<string, string>[]> {
  return rowsOrReason({ model: 'models/cifar10' }, async () => {
    const dataset = await loadDataset('cifar10', { split: 'test' });
    const file = new URL('../models/cifar10/cifar10.safetensors', import.meta.url);
    const model = await loadModel(file);
    return trials.map((views) => {
      const { accuracy, layerAccuracies } = evaluateModel(model, dataset, views);
      return {
        mirrored: views.flip ? 'yes' : 'no',
        'moved by, pixels': `${views.shift ?? 0}`,
        views: `${imageViews(dataset, views).length}`,
        'by the model, %': percent(accuracy),
        'layers, %': layerAccuracies.map(percent).join(', '),
      };
    });
  });
}

function percent(share: number): string {
  return (100 * share).toFixed(2);
}
