/** Inputs of the Forward-Forward algorithm: a sample's numbers, and behind them its label's block. */

/**
 * @param samples [N, D_in]
 * @param labels N
 * @param value at the label's place; the block is 0 elsewhere
 * @returns [N, D_in + C]
 */
export function withLabels(
  samples: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  value: number,
): Float32Array {
  const rows = labels.length;
  const size = samples.length / rows;
  const labelled = new Float32Array(rows * (size + classes));
  for (let row = 0; row < rows; row++) {
    const start = row * (size + classes);
    labelled.set(samples.subarray(row * size, (row + 1) * size), start);
    labelled[start + size + (labels[row] as number)] = value;
  }
  return labelled;
}
