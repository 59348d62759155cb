/** All protocols on one scene, for all learners. */
import type { FeatureLearner, LearnerKind } from '../feature-learner.ts';
import type { Scene } from '../scene.ts';
import { type IncrementalResult, runIncremental } from './class-incremental.ts';
import { type CostResult, measureCosts } from './cost.ts';
import { type FewShotOptions, type FewShotResult, runFewShot } from './few-shot.ts';
import { runUnknown, type UnknownResult } from './unknown.ts';

export interface LearnerResults {
  readonly incremental: IncrementalResult;
  readonly fewShot: readonly FewShotResult[];
  readonly unknown: UnknownResult;
  readonly cost: CostResult;
}

/** Says what is being done and the share of it that is done, 0 to 1. */
export type OnStep = (step: string, share: number) => void;

/** @returns results of each kind, in their order */
export async function runProtocols(
  kinds: readonly LearnerKind[],
  scene: Scene,
  options: FewShotOptions,
  onStep: OnStep,
): Promise<LearnerResults[]> {
  const start = { model: scene.model, featureSize: scene.featureSize, base: scene.taught(0) };
  const learners: FeatureLearner[] = [];
  for (const [i, kind] of kinds.entries()) {
    onStep('learners begin with the base', i / kinds.length);
    learners.push(await kind.create(start));
  }
  const costs = await measureCosts(learners, scene, (share) => onStep('cost', share));
  const results: LearnerResults[] = [];
  for (const [i, kind] of kinds.entries()) {
    const learner = learners[i] as FeatureLearner;
    const most = kind.mostDecisions;
    const step = (name: string) => (share: number) => onStep(`${kind.name}: ${name}`, share);
    step('unknown classes')(0);
    const unknown = await runUnknown(learner, scene, most);
    const fewShot = await runFewShot(learner, scene, options, most, step('few samples'));
    const incremental = await runIncremental(learner, scene, most, step('all samples'));
    learner.dispose();
    results.push({ incremental, fewShot, unknown, cost: costs[i] as CostResult });
  }
  return results;
}
