/** All that the next epochs of a baseline need, between two of them. */
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import type { Optimiser } from '../../sdk/src/hff/optimiser.ts';
import type { ChosenEpoch } from '../../sdk/src/train/choose-epoch.ts';
import type { Baseline } from './baseline.ts';

/** By name, row by row. */
export type BaselineNumbers = ReadonlyMap<string, Float32Array>;

export interface BaselineState {
  readonly epochsDone: number;
  readonly best: BestNumbers | null;
  /** Parameters and the optimiser's moments of them. */
  readonly numbers: BaselineNumbers;
}

/** The epoch that the baseline would end with, and its parameters. */
interface BestNumbers extends ChosenEpoch {
  readonly numbers: BaselineNumbers;
}

/** What a baseline learns with; it begins with moments of 0. */
export function learningMatrices(baseline: Baseline, optimiser: Optimiser): Map<string, Matrix> {
  return new Map([...parameterMatrices(baseline), ...optimiser.state(baseline.parameters)]);
}

export function parameterMatrices({ parameters }: Baseline): Map<string, Matrix> {
  return new Map(parameters.map(({ name, value }) => [name, value]));
}

export function readNumbers(
  backend: TrainingBackend,
  matrices: ReadonlyMap<string, Matrix>,
): BaselineNumbers {
  return new Map([...matrices].map(([name, matrix]) => [name, backend.read(matrix)]));
}

/** @param numbers at least those of the matrices */
export function writeNumbers(
  backend: TrainingBackend,
  matrices: ReadonlyMap<string, Matrix>,
  numbers: BaselineNumbers,
): void {
  for (const [name, matrix] of matrices) {
    backend.write(matrix, numbers.get(name) as Float32Array, matrix.rows);
  }
}
