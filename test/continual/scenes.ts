/** Scenes of drawn features: classes are clouds around random directions. */
import { nodeExtraKernels, nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import type { FeatureSet } from '../../sdk/src/continual/samples.ts';
import { Scene } from '../../sdk/src/continual/scene.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { Model } from '../../sdk/src/model.ts';
import { snapshot, spec } from '../format/tiny-snapshot.ts';

/** D of the tiny model. */
export const size = 14;

const classes = 6;

export interface SceneOptions {
  readonly seed: number;
  /** Samples per class. */
  readonly training: number;
  readonly test: number;
  /** Deviation of the features around their class's direction, whose entries have deviation 1. */
  readonly spread: number;
}

/** Classes a to f, the first three in the base, then two and one. */
export async function drawScene(options: SceneOptions): Promise<Scene> {
  const { seed, training, test, spread } = options;
  const model = new Model(new SimdBackend(await nodeKernels(), nodeExtraKernels), snapshot);
  const centres = Array.from({ length: classes }, (_, c) => new Random(seed, c).normals(size, 1));
  return new Scene(seed, [[0, 1, 2], [3, 4], [5]], model, {
    training: drawSet(centres, training, spread, new Random(seed, 100)),
    test: drawSet(centres, test, spread, new Random(seed, 101)),
  });
}

function drawSet(
  centres: readonly Float32Array[],
  perClass: number,
  spread: number,
  random: Random,
): FeatureSet {
  const { width, height, channels } = spec.input;
  const samples = perClass * classes;
  const labels = Uint16Array.from({ length: samples }, (_, i) => i % classes);
  const features = new Float32Array(samples * size);
  labels.forEach((label, row) => {
    const centre = centres[label] as Float32Array;
    features.set(
      centre.map((value) => value + spread * random.normal()),
      row * size,
    );
  });
  return {
    features,
    dataset: {
      inputs: Uint8Array.from({ length: samples * width * height }, (_, i) => i % 251),
      labels,
      classes: [...'abcdef'],
      width,
      height,
      channels,
    },
  };
}
