/** Whether a training plan can be carried out, said before anything is computed. */
import * as v from 'valibot';
import { HffError } from '../error.ts';
import { checkSpec } from '../format/check-spec.ts';
import type { TrainingPlan } from './training-plan.ts';

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const whole = (most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(most));

const planSchema = v.object({
  spec: v.unknown(),
  data: v.string(),
  holdoutShare: v.pipe(positive, v.maxValue(0.5)),
  options: v.object({
    epochs: whole(1_000_000),
    batchSize: whole(65_536),
    learningRate: positive,
    margin: v.pipe(finite, v.minValue(0)),
    dropout: v.pipe(finite, v.minValue(0), v.ltValue(1)),
    noise: v.pipe(finite, v.minValue(0)),
    seed: v.pipe(v.number(), v.safeInteger()),
  }),
});

/** @throws HffError `option/invalid` naming the option, `snapshot/inconsistent` for a bad spec */
export function checkPlan(plan: unknown): TrainingPlan {
  const parsed = v.safeParse(planSchema, plan);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new HffError(
      'option/invalid',
      `training plan, ${v.getDotPath(issue) ?? 'root'}: expected ${issue.expected ?? 'a value in its range'}, got ${issue.received}.`,
    );
  }
  return { ...parsed.output, spec: checkSpec(parsed.output.spec) };
}
