/**
 * One sample through 784-1000-1000-1000 with 10 classes, in Node and in Chromium: our engine, its
 * rivals, and the time of only reading the weights in WebAssembly, in rounds of one process.
 */
import { inBothRuntimes } from './inference/in-both-runtimes.ts';

export function measureInference(): Promise<Record<string, string>[]> {
  return inBothRuntimes('dense');
}
