/** The engines that the contract holds for, and the comparison with plain loops in float64. */
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Matrix } from '../../sdk/src/backend/backend.ts';
import { nodeExtraKernels } from '../../sdk/src/backend/simd/node-kernels.ts';
import { SimdTrainingBackend } from '../../sdk/src/backend/simd/simd-training-backend.ts';
import { TfjsBackend } from '../../sdk/src/backend/tfjs/tfjs-backend.ts';
import type { TrainingBackend } from '../../sdk/src/backend/training-backend.ts';
import { Random } from '../../sdk/src/hff/random.ts';
import { relativeError } from '../support/close.ts';
import { PlainBackend } from '../support/plain-backend.ts';
import { startTfjsInNode } from '../support/start-tfjs-node.ts';

export const engines: [string, () => Promise<TrainingBackend>][] = [
  ['simd', () => startSimd('kernels.wasm')],
  ['relaxed simd', () => startSimd('kernels-relaxed.wasm')],
  ['tfjs', () => startTfjsInNode().then(() => new TfjsBackend())],
];

async function startSimd(file: string): Promise<TrainingBackend> {
  const bytes = await readFile(new URL(`../../sdk/wasm/${file}`, import.meta.url));
  return new SimdTrainingBackend(await WebAssembly.compile(bytes), await nodeExtraKernels());
}

/** Largest error allowed, relative to the largest entry of a result, or to 1 where that is less. */
export const tolerance = 3e-5;

export const widths: number[] = [...Array.from({ length: 68 }, (_, i) => i), 300, 513];
export const batches = [1, 3, 9, 64];

export type Shape = readonly [rows: number, columns: number];

/** Numbers of one matrix; standard normal unless a test wants others. */
export type Content = (count: number, random: Random) => Float32Array;

const normal: Content = (count, random) => random.normals(count, 1);

/**
 * Runs `operation` on an engine and on plain loops with the same random matrices, and compares all of
 * them afterwards.
 */
export function agree(
  backend: TrainingBackend,
  shapes: readonly Shape[],
  operation: (engine: TrainingBackend, ...matrices: Matrix[]) => void,
  content: Content = normal,
  floor = 1,
): void {
  const random = new Random(7, ...shapes.flat());
  const contents = shapes.map(([rows, columns]) => content(rows * columns, random));
  const [actual, expected] = [backend, new PlainBackend()].map((engine) => {
    const matrices = shapes.map(([rows, columns], i) =>
      engine.load(contents[i] as Float32Array, rows, columns),
    );
    operation(engine, ...matrices);
    const results = matrices.map((m) => ({ shape: [m.rows, m.columns], values: engine.read(m) }));
    engine.dispose(...matrices);
    return results;
  });
  actual?.forEach(({ shape, values }, i) => {
    const other = expected?.[i];
    const where = `matrix ${i} of ${JSON.stringify(shapes)}`;
    expect(shape, where).toEqual(other?.shape);
    expect(relativeError(values, other?.values as Float32Array, floor), where).toBeLessThan(
      tolerance,
    );
  });
}
