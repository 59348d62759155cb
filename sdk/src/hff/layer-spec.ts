/** The shape of a layer, as a snapshot stores it: one variant per kind of layer. */

export interface DenseSpec {
  readonly type: 'dense';
  /** D_in. */
  readonly inputs: number;
  /** D. */
  readonly units: number;
  /** K_c, the number of prototypes of each class. */
  readonly prototypes: readonly number[];
}

export type LayerSpec = DenseSpec;
