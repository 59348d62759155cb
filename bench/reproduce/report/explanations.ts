/** What the figures mean, in the words of both the page and the Markdown. */
import type { Group } from './figures.ts';

export const comparison =
  'All methods train the same layers by the same loop: the same samples in the same order with the same changes to images, the same Adam, schedule and seed; the prototypes of HFF’s convolutions have a length of step of their own. HFF and local cross-entropy teach each layer by its own loss; local cross-entropy has a linear classifier per layer in the place of sphere and prototypes. Back-propagation trains the same net end to end, with the linear classifier of the last layer. Forward-Forward (Hinton, arXiv 2212.13345) has the label as a block beside the pixels and asks for each class in a pass of its own. Of convolutions the channels are named, 320:1 where there is no pooling by 2. The epoch is the last one that samples held back do not tell from the best; the test set does not choose it. Ten views: each image and its mirror image, both also moved by a pixel to all four sides. Training: seconds of the clock; where CPU time is missing, by the log of hff train, which has a thread for each layer unless told otherwise. Engine: its memory in training. Process: the most that it had, of which decoding the data set and writing checkpoints are a part.';

export const inference =
  'One classification by Forward-Forward, a pass for each class, over one by HFF, one pass: 784-2000-2000-2000-2000, float32, the same kernels, CPU time. One by one: whole passes. Shared: the pixels’ part of the first layer is computed once, and a single sample’s passes are one batch. Counted: multiply-adds, over HFF’s. Medians of rounds in turns, smallest and largest in brackets.';

export function budget({ epochs, samples }: Group): string {
  return `${epochs} epochs of ${samples.training.toLocaleString('en')} samples, ${samples.test.toLocaleString('en')} test samples.`;
}
