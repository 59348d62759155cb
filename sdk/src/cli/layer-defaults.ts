/** What `hff train` does with dense layers and with convolutional ones unless told otherwise. */
import type { TrainCommandOptions } from './train-options.ts';

const dense = { prototypes: 3, learningRate: 2e-3, scale: 20, dropout: 0.2 } as const;
const convolutional = { prototypes: 1, learningRate: 5e-3, scale: 40, dropout: 0 } as const;
const usualLayers: Layers = [1000, 500];

type Layers = NonNullable<TrainCommandOptions['layers']>;
type Completed = Required<
  Pick<TrainCommandOptions, 'layers' | 'prototypes' | 'learningRate' | 'scale' | 'dropout'>
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
    learningRate: options.learningRate ?? usual.learningRate,
    scale: options.scale ?? usual.scale,
    dropout: options.dropout ?? usual.dropout,
  };
}
