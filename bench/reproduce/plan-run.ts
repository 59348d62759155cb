/** The training plan of a run: that of `hff train` with its defaults, the same for all methods. */
import { trainingPlan } from '../../sdk/src/cli/training-plan.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import type { LayerSize } from '../../sdk/src/node.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import { budgetOf } from './budgets.ts';
import { isConvolutional, nameOf, type Run } from './runs.ts';

/** Units of each layer, or channels. */
const dense = [1000, 1000, 1000];
const channels = {
  mnist: [32, 64, 128],
  'fashion-mnist': [64, 128, 256, { channels: 320, pool: 1 }],
  cifar10: [48, 96, 192, 384],
} as const;
/** The first layer's units see rectangles. */
const fields = [2000, 1000];
/** As wide as an int8 file of 2 MB lets it be. */
const compact = [56, 112, 208, 416];
/** Without that limit. */
const deep = [...compact, { channels: 416, pool: 1 }];
const wide = [72, 144, 288, 512, { channels: 512, pool: 1 }];

export function layersOf({ data, net, budget }: Run): readonly LayerSize[] {
  if (net === 'wide') return wide;
  if (net !== 'conv') return net === 'dense' ? dense : fields;
  if (data !== 'cifar10' || budget === 'short' || budget === 'quick') return channels[data];
  return budget === 'full' ? deep : compact;
}

/**
 * Without quarter turns, and but for `fields` without what not all methods have.
 * @param dataset to learn from
 */
export function planRun(run: Run, dataset: Dataset): TrainingPlan {
  const { epochs, warmUp } = budgetOf(run);
  const layers = layersOf(run);
  const isConv = isConvolutional(run);
  return trainingPlan(dataset, nameOf(run), run.data, {
    data: run.data,
    layers: isConv ? layers.map(convolution) : [...layers],
    epochs,
    ...(isConv && { warmUp }),
    sharpness: 30,
    margin: 0,
    ...(run.net !== 'fields' && { dropout: 0, fields: false }),
    augment: true,
    turns: false,
    holdout: 0.02,
    storage: 'float32',
    seed: run.seed,
    pipeline: false,
    out: '',
  });
}

function convolution(size: LayerSize): LayerSize {
  return typeof size === 'number' ? { channels: size } : size;
}
