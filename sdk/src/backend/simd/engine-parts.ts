/** What operations need to work in one engine's memory, on its matrices. */
import type { Blocks } from './blocks.ts';
import type { Kernels } from './kernels.ts';

export interface EngineParts {
  readonly kernels: Kernels;
  readonly blocks: Blocks;
}
