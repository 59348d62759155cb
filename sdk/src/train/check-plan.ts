/** Whether a training plan can be carried out, said before anything is computed. */
import * as v from 'valibot';
import { HffError } from '../error.ts';
import { checkSpec } from '../format/check-spec.ts';
import type { TrainingPlan } from './training-plan.ts';

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const whole = (most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(most));
const side = whole(1_000_000);

const planSchema = v.object({
  spec: v.unknown(),
  data: v.string(),
  limit: v.exactOptional(whole(Number.MAX_SAFE_INTEGER)),
  holdoutShare: v.pipe(positive, v.maxValue(0.5)),
  options: v.object({
    epochs: whole(1_000_000),
    batchSize: whole(65_536),
    learningRate: positive,
    warmUp: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    margin: v.pipe(finite, v.minValue(0)),
    dropout: v.pipe(finite, v.minValue(0), v.ltValue(1)),
    noise: v.pipe(finite, v.minValue(0)),
    augment: v.exactOptional(
      v.object({
        shift: v.pipe(finite, v.minValue(0)),
        rotate: v.pipe(finite, v.minValue(0), v.maxValue(180)),
        zoom: v.pipe(finite, v.minValue(0), v.ltValue(1)),
        flip: v.boolean(),
      }),
    ),
    turns: v.exactOptional(v.boolean()),
    fields: v.exactOptional(v.object({ least: side, most: side })),
    seed: v.pipe(v.number(), v.safeInteger()),
  }),
});

/** @throws HffError `option/invalid` naming the option, `snapshot/inconsistent` for a bad spec */
export function checkPlan(plan: unknown): TrainingPlan {
  const parsed = v.safeParse(planSchema, plan);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const expected = issue.expected ?? 'a value in its range';
    refuse(v.getDotPath(issue) ?? 'root', expected, issue.received);
  }
  const checked = { ...parsed.output, spec: checkSpec(parsed.output.spec) };
  checkImageOptions(checked);
  return checked;
}

/** Options that only make sense for images, and for images of this size. */
function checkImageOptions({ spec, options }: TrainingPlan): void {
  const { width, height } = spec.input;
  const { augment, turns, fields } = options;
  const size = `samples of ${width}×${height}`;
  for (const [name, wanted] of Object.entries({ augment, turns, fields })) {
    if (wanted && height === 1) {
      refuse(`options.${name}`, 'images', `${size}, which are none; leave the option out`);
    }
  }
  if (turns && width !== height) {
    refuse('options.turns', 'square images', `${size}; leave the option out`);
  }
  if (!fields) return;
  if (spec.network.layers[0]?.type === 'conv') {
    refuse('options.fields', 'a dense first layer', 'a convolutional one; leave the option out');
  }
  const largest = Math.min(width, height);
  if (fields.least > fields.most || fields.most > largest) {
    const expected = `least ≤ most ≤ ${largest}, the side of the images`;
    refuse('options.fields', expected, `${fields.least} and ${fields.most}`);
  }
}

function refuse(where: string, expected: string, got: string): never {
  throw new HffError(
    'option/invalid',
    `training plan, ${where}: expected ${expected}, got ${got}.`,
  );
}
