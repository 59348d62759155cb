/** What operations need to work in one engine's memory, on its matrices. */
import { Blocks } from './blocks.ts';
import { instantiateKernels, type Kernels } from './kernels.ts';
import { Memory } from './memory.ts';

export interface EngineParts {
  readonly kernels: Kernels;
  readonly blocks: Blocks;
}

/** An instance with a memory of its own. */
export function startEngine(module: WebAssembly.Module): EngineParts {
  const kernels = instantiateKernels(module);
  return { kernels, blocks: new Blocks(new Memory(kernels.memory)) };
}
