/** What a layer's thread offers the others, on our own engine. */
import { type Endpoint, expose, transfer } from 'comlink';
import { SimdTrainingBackend } from '../backend/simd/simd-training-backend.ts';
import type { LayerReport } from '../hff/update-layer.ts';
import { type HandedOn, type LayerStart, LayerTrainer } from '../train/layer-trainer.ts';
import type { LayersState, LearningBatch } from '../train/learning-layers.ts';

/** Compiled once, for all threads. */
export interface CompiledKernels {
  readonly kernels: WebAssembly.Module;
  readonly extra: WebAssembly.Module;
}

export class ServedLayer {
  readonly #trainer: LayerTrainer;

  constructor({ kernels, extra }: CompiledKernels, start: LayerStart) {
    this.#trainer = new LayerTrainer(new SimdTrainingBackend(kernels, extra), start);
  }

  learn(batch: LearningBatch): [LayerReport, HandedOn] {
    return handedOver(this.#trainer.learn(batch));
  }

  classify(inputs: Float32Array, rows: number): [Float32Array, HandedOn] {
    return handedOver(this.#trainer.classify(inputs, rows));
  }

  state(): LayersState {
    return this.#trainer.state();
  }
}

export function serveLayer(endpoint?: Endpoint): void {
  expose(ServedLayer, endpoint);
}

/** Without a copy. */
function handedOver<Result>(answer: [Result, HandedOn]): [Result, HandedOn] {
  const [, output] = answer;
  return output ? transfer(answer, [output.buffer]) : answer;
}
