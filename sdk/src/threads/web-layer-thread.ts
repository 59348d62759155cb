/** What a layer's thread runs in browsers. */
import { serveLayer } from './serve-layer.ts';

serveLayer();
