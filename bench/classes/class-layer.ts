/** All that a classification does once the features are there. */
import { nodeKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdBackend } from '../../sdk/src/backend/simd/simd-backend.ts';
import { kindOf } from '../../sdk/src/hff/layer-kinds.ts';
import { prototypeOffsets } from '../../sdk/src/hff/prototypes.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { randomPrototypes } from '../../sdk/src/hff/random-prototypes.ts';
import { rankClasses } from '../../sdk/src/rank-classes.ts';
import { relativeError } from '../../test/support/close.ts';
import { PlainBackend } from '../../test/support/plain-backend.ts';

const width = 512;
const sharpness = 30;
const scale = 20;
/** Many, so that nothing profits from having just seen one. */
const featureCount = 16;
/** Largest error of a score. */
const tolerance = 1e-5;

export interface ClassLayer {
  /** [P, 512]. */
  readonly prototypes: Float32Array;
  /** On the unit sphere, [512] each. */
  readonly features: readonly Float32Array[];
  /** Cosines to all prototypes, and class scores. */
  compare(feature: Float32Array): void;
  /** The same, probabilities and the best class. */
  decide(feature: Float32Array): string;
  dispose(): void;
}

/** @throws Error when the scores are not right */
export async function classLayer(classes: number, each: number): Promise<ClassLayer> {
  const random = new Random(3);
  const backend = new SimdBackend(await nodeKernels());
  const counts = new Array<number>(classes).fill(each);
  const spec = { type: 'dense', inputs: 1, units: width, prototypes: counts } as const;
  const prototypes = randomPrototypes(classes * each, width, random);
  const weights = new Map([
    ['weight', new Float32Array(width)],
    ['bias', new Float32Array(width)],
    ['prototypes', prototypes],
  ]);
  const layer = kindOf(spec).create(backend, 'layer', spec, weights, sharpness);
  const labels = counts.map((_, c) => String(c));
  const features = Array.from({ length: featureCount }, () => randomPrototypes(1, width, random));
  const compare = (feature: Float32Array): void => {
    backend.write(layer.unit, feature, 1);
    layer.compare();
  };
  const decide = (feature: Float32Array): string => {
    compare(feature);
    return rankClasses(backend.read(layer.scores), labels, scale, 1).label;
  };
  const first = features[0] as Float32Array;
  compare(first);
  const error = relativeError(backend.read(layer.scores), scoresOf(prototypes, first, counts), 1);
  if (!(error <= tolerance)) throw new Error(`Expected scores within ${tolerance}, got ${error}.`);
  return { prototypes, features, compare, decide, dispose: () => layer.dispose() };
}

/** Class scores in float64. */
function scoresOf(
  prototypes: Float32Array,
  feature: Float32Array,
  counts: readonly number[],
): Float32Array {
  const plain = new PlainBackend();
  const [cosines, scores] = [plain.matrix(1, 1), plain.matrix(1, 1)];
  const rows = plain.load(prototypes, prototypes.length / width, width);
  plain.multiply(cosines, plain.load(feature, 1, width), rows, 'right');
  plain.classScores(scores, cosines, prototypeOffsets(counts), sharpness);
  return plain.read(scores);
}
