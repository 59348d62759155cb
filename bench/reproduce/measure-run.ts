/** A run from data set to figures, in a process of its own: the peak of its memory is the run's. */
import { TrainReporter } from '../../sdk/src/cli/train-reporter.ts';
import { describeMachine } from '../../sdk/src/continual/machine.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import { fingerprint } from '../../sdk/src/data/fingerprint.ts';
import type { ViewOptions } from '../../sdk/src/data/image-views.ts';
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';
import { loadDataset } from '../../sdk/src/data/load-dataset.ts';
import type { Decider } from '../../sdk/src/train/evaluate.ts';
import { memoryBytes } from '../../test/runtimes/watch-memory.ts';
import { testPart, trainingPart } from './budgets.ts';
import { layersOf, planRun } from './plan-run.ts';
import { readRunCheckpoint, writeRunCheckpoint } from './run-checkpoint.ts';
import type { MeasuredCost, RunResult, TestAccuracy } from './run-result.ts';
import { isConvolutional, type Run } from './runs.ts';
import { testAccuracy } from './test-accuracy.ts';
import { type RunEvents, trainRun } from './train-run.ts';

/**
 * @param checkpointFile written after each epoch, and gone on from where it is there; null for neither
 */
export async function measureRun(run: Run, checkpointFile: string | null): Promise<RunResult> {
  const dataset = trainingPart(await loadDataset(run.data, { split: 'train' }), run);
  const plan = planRun(run, dataset);
  const { options, holdoutShare, spec } = plan;
  const reporter = new TrainReporter(plan, false);
  const trainingSamples = fingerprint(dataset);
  const begun = checkpointFile && (await readRunCheckpoint(checkpointFile, plan, trainingSamples));
  const epochs = begun ? [...begun.epochs] : [];
  if (begun) console.log(`goes on after epoch ${epochs.length}`);
  let cost = begun ? begun.cost : noCost;
  const costSoFar = startClock(cost);
  const events: RunEvents = {
    onBatch: (progress) => reporter.batch(progress),
    onEpoch: (report) => {
      reporter.epoch(report);
      epochs.push(report);
    },
    onState: async (state) => {
      cost = costSoFar();
      if (!checkpointFile) return;
      const checkpoint = { plan, samples: trainingSamples, epochs, cost, state: state() };
      await writeRunCheckpoint(checkpointFile, checkpoint);
    },
  };
  const trained = await trainRun(run, dataset, plan, events, begun ? begun.state : null);
  const { network, layers, parameters, bestEpoch } = trained;
  reporter.stop();
  const test = testPart(await loadDataset(run.data, { split: 'test' }), run);
  const samples = { training: dataset.labels.length, test: test.labels.length };
  return {
    run,
    layers: layersOf(run),
    parameters,
    samples,
    options,
    holdoutShare,
    epochs,
    bestEpoch,
    ...testAccuracies(run, network, layers, test, spec.input),
    modelAccuracy: null,
    cost,
    machine: describeMachine(),
  };
}

export function testAccuracies(
  run: Run,
  network: Decider,
  layers: readonly number[],
  test: Dataset,
  input: InputSpec,
): Pick<RunResult, 'test' | 'mirrored' | 'tenViews'> {
  const accuracy = (views: ViewOptions): TestAccuracy =>
    testAccuracy(network, layers, test, input, views);
  const hasViews = run.data === 'cifar10' && isConvolutional(run);
  return {
    test: accuracy({}),
    mirrored: hasViews ? accuracy({ flip: true }) : null,
    tenViews: hasViews ? accuracy({ flip: true, shift: 1 }) : null,
  };
}

const noCost: MeasuredCost = {
  seconds: 0,
  cpuSeconds: 0,
  peakMemoryBytes: 0,
  engineMemoryBytes: 0,
};

/** @param before what earlier processes have spent on the run */
function startClock(before: MeasuredCost): () => MeasuredCost {
  const memory = memoryBytes();
  const started = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return {
      seconds: before.seconds + (performance.now() - started) / 1000,
      cpuSeconds: before.cpuSeconds + (user + system) / 1e6,
      // Linux counts in KiB, and Node says so on all platforms.
      peakMemoryBytes: Math.max(before.peakMemoryBytes, 1024 * process.resourceUsage().maxRSS),
      engineMemoryBytes: Math.max(before.engineMemoryBytes, memoryBytes() - memory),
    };
  };
}
