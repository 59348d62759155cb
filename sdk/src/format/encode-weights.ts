/** From a model's numbers to the tensors of a file. */
import { isInt8, type Numbers, toFloat32 } from '../backend/numbers.ts';
import { quantiseRows } from '../backend/quantise-rows.ts';
import { toFloat16 } from '../backend/to-float16.ts';
import { HffError } from '../error.ts';
import type { NetworkWeights } from '../hff/network.ts';
import { checkScales, scalesOf } from './int8-scales.ts';
import type { StoredTensor, StoredValues } from './safetensors.ts';
import type { ExpectedTensor, Storage } from './stored-weights.ts';

/** @throws HffError `snapshot/not-finite` for weights that diverged or are too large for float16 */
export function encodeWeights(
  expected: ReadonlyMap<string, ExpectedTensor>,
  weights: NetworkWeights,
  storage?: Storage,
): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { shape, quantised, exact }] of expected) {
    const numbers = weights.get(name) as Numbers;
    const int8 = storage ? storage === 'int8' && quantised : isInt8(numbers);
    if (int8) {
      const rows = shape[0] as number;
      const { values, scales } = isInt8(numbers) ? numbers : quantiseRows(toFloat32(numbers), rows);
      checkScales(name, scales);
      tensors.set(name, { shape, values });
      tensors.set(scalesOf(name), { shape: [rows], values: scales });
    } else {
      const halves = storage ? storage === 'float16' && !exact : numbers instanceof Uint16Array;
      const values = halves ? toHalves(numbers) : toFloat32(numbers);
      checkFinite(name, values);
      tensors.set(name, { shape, values });
    }
  }
  return tensors;
}

function toHalves(numbers: Numbers): Uint16Array {
  return numbers instanceof Uint16Array ? numbers : Uint16Array.from(toFloat32(numbers), toFloat16);
}

/** Exponent of the halves that are infinities or NaN. */
const notFinite = 0x7c00;

/** Looks at the numbers as they are stored: those too large for halves have become infinities. */
function checkFinite(name: string, values: StoredValues): void {
  const halves = values instanceof Uint16Array;
  const bad = halves
    ? values.findIndex((half) => (half & notFinite) === notFinite)
    : values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const range = halves ? 'a number from -65504 to 65504' : 'a finite number';
  throw new HffError(
    'snapshot/not-finite',
    `${name}[${bad}]: expected ${range}, got another. The training diverged, or the number is too large for float16.`,
  );
}
