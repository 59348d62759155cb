/** What is timed: something that turns samples into votes. */

export interface Engine {
  readonly name: string;
  /** How far a vote may be from the float64 computation. */
  readonly tolerance: number;
  /**
   * @param x standardised samples, [N, D_in] row by row, as many as the engine was made for
   * @returns mean scores of the voting layers, [N, C]
   */
  readonly classify: (x: Float32Array) => Float32Array | Promise<Float32Array>;
}

/** Tolerance of engines that compute in float32. */
export const float32Tolerance = 1e-4;

/** Name of the engine of ours that all others are compared with. */
export const ours = 'hff-edge float32';
