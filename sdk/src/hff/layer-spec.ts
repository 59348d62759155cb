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

/** Features that are made elsewhere. It is the only layer of its network. */
export interface GivenSpec {
  readonly type: 'given';
  /** D. */
  readonly inputs: number;
  /** D, again. */
  readonly units: number;
  /** Names what makes them: features of another backbone mean nothing here. */
  readonly of: string;
}

export type LayerSpec = DenseSpec | GivenSpec;
