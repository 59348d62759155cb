/** The Worker: what workerd runs. */
import { warmUp } from '@hff-edge/sdk/worker';
import { createApp } from './app.ts';

export type { AppType } from './app.ts';
export { ModelRoom } from './room/model-room.ts';

// Otherwise the first request would take half of a free plan's 10 ms for compiling functions.
await warmUp();

export default createApp();
