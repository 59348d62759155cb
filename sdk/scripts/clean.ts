/** Takes away what an earlier build made: all that lies in `dist` is packed. */
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
