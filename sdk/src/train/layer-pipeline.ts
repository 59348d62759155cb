/**
 * Layers that learn each on a thread of its own: while one learns from a batch, the next learns from the
 * batch before. This thread only passes on what one layer makes and the next one sees.
 */
import type { LayerSpec } from '../hff/layer-spec.ts';
import type { NetworkSpec } from '../hff/network.ts';
import type { LayerReport } from '../hff/update-layer.ts';
import type { HandedOn, LayerStart } from './layer-trainer.ts';
import type {
  LayersStart,
  LayersState,
  LearningBatch,
  LearningLayers,
  LearningOptions,
  StartLayers,
} from './learning-layers.ts';

/** A `LayerTrainer` on another thread, which does what it is asked in the order of the calls. */
export interface LayerThread {
  /** Takes over the batch's inputs. */
  learn(batch: LearningBatch): Promise<[LayerReport, HandedOn]>;
  /** Takes over the inputs. */
  classify(inputs: Float32Array, rows: number): Promise<[Float32Array, HandedOn]>;
  state(): Promise<LayersState>;
  end(): void;
}

export type StartThread = (start: LayerStart) => Promise<LayerThread>;

export function layerPipeline(startThread: StartThread): StartLayers {
  return (network, start, options) => new LayerPipeline(network, start, options, startThread);
}

class LayerPipeline implements LearningLayers {
  readonly #threads: Promise<LayerThread>[];
  /** Batches on their way. */
  readonly #passes = new Set<Promise<void>>();
  #failed: { readonly cause: unknown } | null = null;

  constructor(
    { layers, sharpness }: NetworkSpec,
    start: LayersStart,
    options: LearningOptions,
    startThread: StartThread,
  ) {
    this.#threads = layers.map((spec: LayerSpec, index) => {
      const isLast = index === layers.length - 1;
      const numbers = ownNumbers(start, index);
      const thread = startThread({ index, isLast, spec, sharpness, numbers, options });
      // The first batch tells of it.
      thread.catch(() => {});
      return thread;
    });
  }

  learn(batch: LearningBatch, onLearned: Parameters<LearningLayers['learn']>[1]): Promise<void> {
    return this.#pass(
      batch.inputs,
      (thread, inputs) => thread.learn({ ...batch, inputs }),
      onLearned,
    );
  }

  classify(
    inputs: Float32Array,
    rows: number,
    onScores: Parameters<LearningLayers['classify']>[2],
  ): Promise<void> {
    return this.#pass(inputs, (thread, x) => thread.classify(x, rows), onScores);
  }

  async settle(): Promise<void> {
    await Promise.all(this.#passes);
    if (this.#failed) throw this.#failed.cause;
  }

  async state(): Promise<LayersState> {
    const threads = await Promise.all(this.#threads);
    const states = await Promise.all(threads.map((thread) => thread.state()));
    return {
      weights: new Map(states.flatMap(({ weights }) => [...weights])),
      moments: new Map(states.flatMap(({ moments }) => [...moments])),
    };
  }

  dispose(): void {
    for (const thread of this.#threads) {
      thread.then(
        (started) => started.end(),
        () => {},
      );
    }
  }

  /**
   * Sends a batch through all layers. Each thread answers in the order of the calls, so batches do not
   * overtake each other.
   */
  async #pass<Result>(
    first: Float32Array,
    step: (thread: LayerThread, inputs: Float32Array) => Promise<[Result, HandedOn]>,
    onDone: (results: readonly Result[]) => void,
  ): Promise<void> {
    const threads = await Promise.all(this.#threads);
    const through = async (): Promise<void> => {
      const results: Result[] = [];
      let inputs: HandedOn | Float32Array = first;
      for (const thread of threads) {
        const [result, output]: [Result, HandedOn] = await step(thread, inputs as Float32Array);
        results.push(result);
        inputs = output;
      }
      onDone(results);
    };
    const pass: Promise<void> = through()
      .catch((cause: unknown) => {
        this.#failed ??= { cause };
      })
      .finally(() => this.#passes.delete(pass));
    this.#passes.add(pass);
    // One for each layer and one that waits: the slowest layer never does.
    while (this.#passes.size > threads.length) await Promise.race(this.#passes);
    if (this.#failed) throw this.#failed.cause;
  }
}

/** Of all numbers those of one layer. */
function ownNumbers({ weights, moments }: LayersStart, index: number): LayersStart {
  const own = <Value>(all: ReadonlyMap<string, Value>): Map<string, Value> =>
    new Map([...all].filter(([key]) => key.includes(`layers.${index}.`)));
  return { weights: own(weights), moments: own(moments) };
}
