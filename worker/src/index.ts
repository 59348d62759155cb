/** The Worker: what workerd runs. */
import { warmUp } from '@hff-edge/sdk/worker';
import { createApp } from './app.ts';

export type { AppType } from './app.ts';
export { ModelRoom } from './room/model-room.ts';

const app = createApp();

// Otherwise the first request would take most of a free plan's 10 ms for compiling functions and for
// sorting routes.
await warmUp();
app.router.match('POST', '/v1/models/digits/classify');

export default app;
