/** A layer on another thread, as this one speaks to it. */
import { type Endpoint, transfer, wrap } from 'comlink';
import { HffError } from '../error.ts';
import type { LayerThread } from '../train/layer-pipeline.ts';
import type { LayerStart } from '../train/layer-trainer.ts';
import type { CompiledKernels, ServedLayer } from './serve-layer.ts';

/** A thread that serves a layer. */
export interface Thread {
  readonly endpoint: Endpoint;
  /** Rejects when the thread dies. */
  readonly died: Promise<never>;
  end(): void;
}

/** @throws HffError `backend/thread` when the thread does not start, and later when it dies */
export async function reachLayer(
  { endpoint, died, end }: Thread,
  compiled: CompiledKernels,
  start: LayerStart,
): Promise<LayerThread> {
  const answered = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await Promise.race([answer, died]);
    } catch (cause) {
      throw new HffError(
        'backend/thread',
        `The thread of layer ${start.index}: ${cause instanceof Error ? cause.message : cause}. Train on one thread, or with a smaller batch.`,
        { cause },
      );
    }
  };
  const Served = wrap<typeof ServedLayer>(endpoint);
  const layer = await answered(new Served(compiled, start));
  return {
    learn: (batch) => answered(layer.learn(transfer(batch, [batch.inputs.buffer]))),
    classify: (inputs, rows) => answered(layer.classify(transfer(inputs, [inputs.buffer]), rows)),
    state: () => answered(layer.state()),
    end,
  };
}
