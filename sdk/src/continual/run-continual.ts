/**
 * The whole comparison: per seed a base network is trained on the base classes and frozen, and all
 * learners go through all protocols on its features; a network trained on all classes is the ceiling.
 */
import type { Dataset } from '../data/dataset.ts';
import type { Model } from '../model.ts';
import { alignLabels } from '../train/align-labels.ts';
import { accuracy as networkAccuracy } from '../train/evaluate.ts';
import { checkSets } from './check-sets.ts';
import { onlyClasses } from './choose-samples.ts';
import { classTasks } from './class-tasks.ts';
import type { ContinualReport, JointReport, SeedReport } from './continual-report.ts';
import { extractFeatures } from './extract-features.ts';
import type { LearnerKind } from './feature-learner.ts';
import { accuracy } from './protocols/decide.ts';
import type { FewShotOptions } from './protocols/few-shot.ts';
import { type LearnerResults, type OnStep, runProtocols } from './protocols/run-protocols.ts';
import { Samples } from './samples.ts';
import { Scene } from './scene.ts';
import { summariseLearner } from './summarise-learner.ts';

export interface ContinualOptions extends FewShotOptions {
  /** Name or path of the data, for the report. */
  readonly data: string;
  readonly base: number;
  readonly increment: number;
  /** Whether seed s begins with class s instead of ordering classes at random. */
  readonly rotate: boolean;
  /** Each orders classes and samples and trains a network of its own; at least one. */
  readonly seeds: readonly number[];
}

export interface ContinualParts {
  readonly training: Dataset;
  readonly test: Dataset;
  readonly kinds: readonly LearnerKind[];
  /** Learns on the features of the network that was trained on all classes. */
  readonly jointKind: LearnerKind;
  /** Trained on the base classes already; otherwise each seed trains a network. */
  readonly model?: Model;
  /** Trains a network on the base classes. */
  train(dataset: Dataset, seed: number, onShare: (share: number) => void): Promise<Model>;
  /** Trains the ceiling, on all classes. */
  trainJoint(dataset: Dataset, seed: number, onShare: (share: number) => void): Promise<Model>;
  readonly onStep: OnStep;
}

/** @throws HffError `option/invalid`, `data/…`, `input/…`, and as training does */
export async function runContinual(
  options: ContinualOptions,
  parts: ContinualParts,
): Promise<ContinualReport> {
  const { data, base, increment, rotate, draws, seeds } = options;
  const { kinds, training } = parts;
  const { classes } = training;
  const { test, first } = checkSets(parts, Math.max(...options.shots));
  const plans = seeds.map((seed) => {
    return { seed, tasks: classTasks(classes.length, { base, increment, seed, rotate, first }) };
  });
  const reports: SeedReport[] = [];
  const results: LearnerResults[][] = [];
  for (const { seed, tasks } of plans) {
    const onStep: OnStep = (step, share) => parts.onStep(`seed ${seed}: ${step}`, share);
    const model =
      parts.model ??
      (await parts.train(onlyClasses(training, tasks[0] as number[]), seed, (share) =>
        onStep('base network', share),
      ));
    const onFeatures = (share: number) => onStep('features', share);
    const scene = new Scene(seed, tasks, model, {
      training: await extractFeatures(model, training, onFeatures),
      test: await extractFeatures(model, test, onFeatures),
    });
    results.push(await runProtocols(kinds, scene, options, onStep));
    const own = alignLabels(onlyClasses(test, tasks[0] as number[]), model.labels, model.input);
    reports.push({
      seed,
      tasks: tasks.map((task) => task.map((c) => classes[c] as string)),
      networkAccuracy: networkAccuracy(model.network, own, model.input),
      featureSize: scene.featureSize,
    });
    if (!parts.model) model.dispose();
  }
  return {
    data,
    classes,
    samples: { training: training.labels.length, test: test.labels.length },
    base,
    increment,
    draws,
    seeds: reports,
    learners: kinds.map((kind, i) =>
      summariseLearner(
        kind,
        results.map((ofSeed) => ofSeed[i] as LearnerResults),
      ),
    ),
    joint: await runJoint(seeds[0] as number, { ...parts, test }),
  };
}

async function runJoint(seed: number, parts: ContinualParts): Promise<JointReport> {
  const { training, test, jointKind, trainJoint, onStep } = parts;
  const step = 'joint training';
  const model = await trainJoint(training, seed, (share) => onStep(step, share));
  const onShare = (share: number) => onStep(`${step}: features`, share);
  const base = everySample(await extractFeatures(model, training, onShare));
  const { featureSize } = model.network;
  const learner = await jointKind.create({ model, featureSize, base });
  const asked = everySample(await extractFeatures(model, test, onShare));
  const discriminant = await accuracy(learner, asked);
  const network = networkAccuracy(model.network, test, model.input);
  learner.dispose();
  model.dispose();
  return { network, discriminant };
}

function everySample(set: Samples['set']): Samples {
  return new Samples(set, Uint32Array.from(set.dataset.labels.keys()));
}
