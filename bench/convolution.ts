/**
 * One CIFAR image, and 64 at once, through four convolutions: our engine, its rivals and its matrix
 * products alone, in Node and in Chromium; and each layer against its product, to see what laying
 * patches out and pooling cost beside it.
 */
import { type LayerTimes, timeLayers } from './convolution/layers.ts';
import { inBothRuntimes } from './inference/in-both-runtimes.ts';
import { convolvedNetwork } from './inference/sample-network.ts';
import { withSpread } from './statistics.ts';

export async function measureConvolution(): Promise<Record<string, string>[]> {
  return [
    ...(await timeLayers(convolvedNetwork())).map(toRow),
    ...(await inBothRuntimes('image')),
    ...(await inBothRuntimes('images')),
  ];
}

function toRow({ channels, whole, product }: LayerTimes): Record<string, string> {
  return {
    runtime: `Node ${process.versions.node}`,
    inputs: '1 image',
    engine: `conv:${channels} alone`,
    'ms per sample': withSpread(whole, 3),
    'times the limit': withSpread(whole.map((time, round) => time / (product[round] as number))),
  };
}
