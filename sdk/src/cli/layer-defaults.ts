/** What `hff train` does with dense layers and with convolutional ones unless told otherwise. */
import type { TrainCommandOptions } from './train-options.ts';

const dense = {
  prototypes: 3,
  batchSize: 256,
  learningRate: 2e-3,
  warmUp: 0,
  scale: 20,
  dropout: 0.2,
};
const convolutional: typeof dense = {
  prototypes: 1,
  batchSize: 128,
  learningRate: 5e-3,
  warmUp: 200,
  scale: 40,
  dropout: 0,
};
const usualLayers: Layers = [1000, 500];

type Layers = NonNullable<TrainCommandOptions['layers']>;
type Completed = Required<
  Pick<
    TrainCommandOptions,
    'layers' | 'prototypes' | 'batchSize' | 'learningRate' | 'warmUp' | 'scale' | 'dropout'
  >
>;

export function layersOf({ layers = usualLayers }: TrainCommandOptions): Layers {
  return layers;
}

export function convolves(options: TrainCommandOptions): boolean {
  return layersOf(options).some((layer) => typeof layer !== 'number');
}

/** Options that are given, completed. */
export function layerOptions(options: TrainCommandOptions): Completed {
  const usual = convolves(options) ? convolutional : dense;
  return {
    layers: layersOf(options),
    prototypes: options.prototypes ?? usual.prototypes,
    batchSize: options.batchSize ?? usual.batchSize,
    learningRate: options.learningRate ?? usual.learningRate,
    warmUp: options.warmUp ?? usual.warmUp,
    scale: options.scale ?? usual.scale,
    dropout: options.dropout ?? usual.dropout,
  };
}
