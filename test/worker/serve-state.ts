/** Runs the Worker with these assets and this state, tells its address, and waits to be killed. */
import { writeSync } from 'node:fs';
import { startWorker } from '../support/start-worker.ts';

const [assets, state] = process.argv.slice(2) as [string, string];
const { url } = await startWorker({ assets, state });
writeSync(1, `${url}\n`);
