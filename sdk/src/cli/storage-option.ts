/** The option that names a number format. */
import { Option } from 'commander';
import type { Storage } from '../node.ts';

export function storageOption(preset: Storage): Option {
  return new Option('--storage <type>', 'numbers of the model: float16 halves it, int8 quarters it')
    .choices(['float32', 'float16', 'int8'])
    .default(preset);
}
