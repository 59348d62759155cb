/** How well a network decides on a labelled set. */
import { gatherBatch } from '../data/batch.ts';
import type { Dataset } from '../data/dataset.ts';
import type { InputSpec } from '../data/input-spec.ts';
import type { Network } from '../hff/network.ts';

export interface Evaluation {
  readonly samples: number;
  /** Share decided rightly by the voting layers, 0 to 1. */
  readonly accuracy: number;
  /** The same for each layer alone. */
  readonly layerAccuracies: readonly number[];
  /** confusion[true][decided], counts. */
  readonly confusion: readonly (readonly number[])[];
}

const batchSize = 256;

export function evaluate(network: Network, dataset: Dataset, input: InputSpec): Evaluation {
  const samples = dataset.labels.length;
  const classes = dataset.classes.length;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const layerCorrect = network.layers.map(() => 0);
  let correct = 0;
  for (let start = 0; start < samples; start += batchSize) {
    const length = Math.min(batchSize, samples - start);
    const indices = Uint32Array.from({ length }, (_, i) => start + i);
    const { inputs, labels } = gatherBatch(dataset, input, indices);
    const layerScores = network.forward(inputs, length);
    const decided = decisions(network.vote(layerScores), length);
    labels.forEach((label, i) => {
      const row = confusion[label] as number[];
      row[decided[i] as number] = (row[decided[i] as number] as number) + 1;
      if (decided[i] === label) correct++;
    });
    layerScores.forEach((scores, layer) => {
      const alone = decisions(scores, length);
      const right = labels.reduce((sum, label, i) => sum + (alone[i] === label ? 1 : 0), 0);
      layerCorrect[layer] = (layerCorrect[layer] as number) + right;
    });
  }
  return {
    samples,
    accuracy: correct / samples,
    layerAccuracies: layerCorrect.map((count) => count / samples),
    confusion,
  };
}

/** Index of the largest score of each of `rows` samples. */
function decisions(scores: Float32Array, rows: number): Uint32Array {
  const classes = scores.length / rows;
  return Uint32Array.from({ length: rows }, (_, n) => {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if ((scores[n * classes + c] as number) > (scores[n * classes + best] as number)) best = c;
    }
    return best;
  });
}
