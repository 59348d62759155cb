/** From a request's body to the samples that a model takes. */
import { HffError, type InputSpec, type Sample } from '@hff-edge/sdk/worker';
import { Problem } from './problem.ts';
import type { Samples } from './read-body.ts';

/** Bounds the time that one request takes from others in its isolate. */
const maxSamples = 1024;

/**
 * @throws Problem `request/batch`
 * @throws HffError `input/shape` when the numbers do not divide into samples
 */
export function readSamples(body: Samples, input: InputSpec): Sample[] {
  const samples = split(body, input);
  if (samples.length < 1 || samples.length > maxSamples) {
    throw new Problem(
      'request/batch',
      `Expected 1 to ${maxSamples} samples, got ${samples.length}. Send large sets in several requests.`,
    );
  }
  return samples;
}

function split(body: Samples, { width, height, channels }: InputSpec): Sample[] {
  if (body.type === 'json') return body.inputs;
  if (body.type === 'image') return [body.image];
  const { values } = body;
  const size = width * height * channels;
  if (values.length % size !== 0) {
    throw new HffError(
      'input/shape',
      `The body: expected a multiple of ${size} values (${width}×${height}×${channels}), got ${values.length}. Float32 values need Content-Type: application/octet-stream; dtype=float32.`,
    );
  }
  return Array.from({ length: values.length / size }, (_, i) =>
    values.subarray(i * size, (i + 1) * size),
  );
}
