/** The training plan of a run: that of `hff train` with its defaults, the same for all methods. */
import { trainingPlan } from '../../sdk/src/cli/training-plan.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import type { TrainingPlan } from '../../sdk/src/train/training-plan.ts';
import { budgetOf } from './budgets.ts';
import { nameOf, type Run } from './runs.ts';

/** Units of each layer, or channels. */
const dense = [1000, 1000, 1000];
const channels = {
  mnist: [32, 64, 128],
  'fashion-mnist': [48, 96, 192],
  cifar10: [48, 96, 192, 384],
} as const;
/** As wide as an int8 file of 2 MB lets it be. */
const wide = [56, 112, 208, 416];

export function layersOf({ data, net, budget }: Run): readonly number[] {
  if (net === 'dense') return dense;
  return data === 'cifar10' && budget === 'full' ? wide : channels[data];
}

/**
 * Without quarter turns, receptive fields and dropout, which not all methods have.
 * @param dataset to learn from
 */
export function planRun(run: Run, dataset: Dataset): TrainingPlan {
  const { epochs, warmUp } = budgetOf(run);
  const layers = layersOf(run);
  const isDense = run.net === 'dense';
  return trainingPlan(dataset, nameOf(run), run.data, {
    data: run.data,
    layers: isDense ? [...layers] : layers.map((width) => ({ channels: width })),
    epochs,
    ...(!isDense && { warmUp }),
    sharpness: 30,
    margin: 0,
    dropout: 0,
    augment: true,
    turns: false,
    fields: false,
    holdout: 0.02,
    storage: 'float32',
    seed: run.seed,
    pipeline: false,
    out: '',
  });
}
