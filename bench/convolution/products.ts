/** The matrix products of convolutions alone, as our engine has them: patches that lie ready, times a weight. */
import type { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { convolutionOf } from '../../sdk/src/hff/conv-shape.ts';
import type { ConvSpec } from '../../sdk/src/hff/layer-spec.ts';
import { Random } from '../../sdk/src/hff/random.ts';

/** Of one layer and one image, with bias and ReLU. */
export function productOf(backend: SimdBackend, spec: ConvSpec, weight: Float32Array): () => void {
  const { across, down } = convolutionOf(spec);
  const positions = across * down;
  const inputs = weight.length / spec.channels;
  const patches = backend.load(new Random(2).normals(positions * inputs, 1), positions, inputs);
  const frozen = backend.freeze(weight, inputs, spec.channels);
  const bias = backend.matrix(1, spec.channels);
  const out = backend.matrix(positions, spec.channels);
  return () => backend.affineRelu(out, patches, frozen, bias);
}
