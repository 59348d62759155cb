/**
 * Whether the numbers of a model are sound, looked at in the engine that has decoded them: a model's
 * bytes are read once, however they are stored.
 */
import type { Backend, Matrix } from './backend/backend.ts';
import { HffError } from './error.ts';
import type { Network } from './hff/network.ts';

/** How far a stored prototype's length may be from 1: half precision rounds it. */
const lengthTolerance = 0.005;

/** @throws HffError `snapshot/not-finite`, `snapshot/inconsistent`, naming the tensor */
export function checkNumbers(backend: Backend, network: Network): void {
  for (const { name, value, geometry } of network.parameters) {
    checkFinite(backend, name, value);
    if (geometry === 'sphere') checkUnitRows(backend, name, value);
  }
}

function checkFinite(backend: Backend, name: string, matrix: Matrix): void {
  if (backend.allFinite(matrix)) return;
  throw new HffError(
    'snapshot/not-finite',
    `${name}: expected finite numbers, got NaN or an infinity. The model is damaged.`,
  );
}

function checkUnitRows(backend: Backend, name: string, prototypes: Matrix): void {
  const unit = backend.matrix(1, 1);
  const inverseNorm = backend.matrix(1, 1);
  let inverses: Float32Array;
  try {
    backend.project(unit, inverseNorm, prototypes);
    inverses = backend.read(inverseNorm);
  } finally {
    backend.dispose(unit, inverseNorm);
  }
  const bad = inverses.findIndex((inverse) => !(Math.abs(1 / inverse - 1) <= lengthTolerance));
  if (bad < 0) return;
  const length = inverses[bad] ? `${1 / inverses[bad]}` : 'length 0 or too long';
  throw new HffError(
    'snapshot/inconsistent',
    `${name} row ${bad}: expected length 1, got ${length}. The model is damaged.`,
  );
}
