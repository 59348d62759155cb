/** MobileNet at a size of input of one's own, from its two files; in Node and in pages. */
import type { InputSpec } from '@hff-edge/sdk/tfjs';
import type { io } from '@tensorflow/tfjs';

/** As `model.json` has it. */
interface Description {
  readonly modelTopology: {
    readonly model_config: {
      readonly config: { readonly layers: { config: { batch_input_shape?: unknown } }[] };
    };
  };
  readonly weightsManifest: readonly { readonly weights: io.WeightsManifestEntry[] }[];
}

/**
 * The file asks for 224 × 224; convolutions do not care.
 * @param side of the images that it will take
 */
export function mobileNetArtifacts(
  { modelTopology, weightsManifest }: Description,
  weightData: ArrayBuffer,
  side: number,
): io.ModelArtifacts {
  const topology = structuredClone(modelTopology);
  const [input] = topology.model_config.config.layers;
  if (input) input.config.batch_input_shape = [null, side, side, 3];
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  return { modelTopology: topology, weightSpecs, weightData };
}

/** What it takes, at any size. */
export function mobileNetInput(side: number): InputSpec {
  return {
    width: side,
    height: side,
    channels: 3,
    range: [0, 255],
    mean: [127.5],
    deviation: [127.5],
    fit: { mode: 'cover' },
  };
}
