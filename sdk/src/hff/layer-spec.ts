/** The shape of a layer, as a snapshot stores it: one variant per kind of layer. */
import type { ImageShape } from '../backend/image-backend.ts';

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

export interface ConvSpec {
  readonly type: 'conv';
  readonly inputs: ImageShape;
  /** Side of the kernel in pixels. */
  readonly kernel: number;
  readonly stride: number;
  /** Pixels of zeros around the image, fewer than `kernel`. */
  readonly padding: number;
  /** D, channels of the map. */
  readonly channels: number;
  /** Side of the windows of which the largest value goes on; 1 for all. */
  readonly pool: number;
  /** Cells of a side of the grid that the layer's own decision sees. */
  readonly grid: number;
  /** A, channels of a cell of the grid after the auxiliary convolution. */
  readonly aux: number;
  /** K_c, the number of prototypes of each class. */
  readonly prototypes: readonly number[];
}

/** Has numbers of its own. */
export type TrainableSpec = DenseSpec | ConvSpec;

export type LayerSpec = TrainableSpec | GivenSpec;
