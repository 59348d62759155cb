/**
 * What a snapshot needs to know of convolutional layers. The layers themselves are loaded when a model
 * has one.
 */
import { convShapes, imageSize, mapOf, pooledOf, unitSize } from './conv-shape.ts';
import type { LayerKind } from './layer-kind.ts';
import type { ConvSpec } from './layer-spec.ts';

let layers: typeof import('./conv-layer.ts') | undefined;

/** Must have fulfilled before a layer is created. */
export async function loadConvLayers(): Promise<void> {
  layers ??= await import('./conv-layer.ts');
}

/** Numbers of a map, so that a file of few bytes cannot ask for any amount of memory. */
const mostNumbers = 2 ** 24;

export const convKind: LayerKind<ConvSpec> = {
  inputSize: ({ inputs }) => imageSize(inputs),
  outputSize: (spec) => imageSize(pooledOf(spec)),
  unitSize,
  quantised: ['weight'],
  shapes: convShapes,
  isSound: (spec) => {
    const { width, height } = pooledOf(spec);
    const numbers = Math.max(imageSize(spec.inputs), imageSize(mapOf(spec)), unitSize(spec));
    return (
      spec.padding < spec.kernel && Math.min(width, height) >= spec.grid && numbers <= mostNumbers
    );
  },
  create: (...parts) => {
    if (!layers) throw new Error('await prepareLayers() first');
    return new layers.ConvLayer(...parts);
  },
};
