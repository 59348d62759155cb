/** What a layer's thread runs in Node. */
import { workerData } from 'node:worker_threads';
import { serveLayer } from './serve-layer.ts';

const { port } = workerData as { readonly port: MessagePort };
serveLayer(port);
