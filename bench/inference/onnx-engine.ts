/**
 * onnxruntime-web on WebAssembly with one thread. Its defaults are its best here: without packed
 * weights it takes 30 % longer; transposed weights, `MatMul` with `Add` for `Gemm` and a free number
 * of samples make no difference.
 */
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { inputSize } from '../../sdk/src/data/input-spec.ts';
import type { Snapshot } from '../../sdk/src/format/snapshot.ts';
import { type Engine, float32Tolerance } from './engine.ts';
import { writeOnnx } from './write-onnx.ts';

/** @param rows samples of a batch */
export async function onnxEngine(snapshot: Snapshot, rows: number): Promise<Engine> {
  env.wasm.numThreads = 1;
  const session = await InferenceSession.create(writeOnnx(snapshot), {
    executionProviders: ['wasm'],
    freeDimensionOverrides: { N: rows },
  });
  const size = inputSize(snapshot.spec.input);
  const samples = new Float32Array(rows * size);
  const feeds = { x: new Tensor('float32', samples, [rows, size]) };
  return {
    name: 'onnxruntime-web',
    tolerance: float32Tolerance,
    async classify(x) {
      samples.set(x);
      const { votes } = await session.run(feeds);
      return votes?.data as Float32Array;
    },
  };
}
