/** Labelled samples in memory, as every loader gives them and training and evaluation take them. */
export interface Dataset {
  /** Raw values, [N, width · height · channels], row by row. */
  readonly inputs: Uint8Array | Float32Array;
  /** Index into `classes` for each sample, N. */
  readonly labels: Uint16Array;
  /** Names of the classes. */
  readonly classes: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}
