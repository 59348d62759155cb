/** A run from data set to figures, in a process of its own: the peak of its memory is the run's. */
import { TrainReporter } from '../../sdk/src/cli/train-reporter.ts';
import { describeMachine } from '../../sdk/src/continual/machine.ts';
import type { Dataset } from '../../sdk/src/data/dataset.ts';
import type { InputSpec } from '../../sdk/src/data/input-spec.ts';
import { loadDataset } from '../../sdk/src/data/load-dataset.ts';
import type { Decider } from '../../sdk/src/train/evaluate.ts';
import type { EpochReport } from '../../sdk/src/train/train.ts';
import { testPart, trainingPart } from './budgets.ts';
import { layersOf, planRun } from './plan-run.ts';
import type { RunCost, RunResult, TestAccuracy } from './run-result.ts';
import type { Run } from './runs.ts';
import { testAccuracy } from './test-accuracy.ts';
import { trainRun } from './train-run.ts';

export async function measureRun(run: Run): Promise<RunResult> {
  const dataset = trainingPart(await loadDataset(run.data, { split: 'train' }), run);
  const plan = planRun(run, dataset);
  const { options, holdoutShare, spec } = plan;
  const reporter = new TrainReporter(plan, false);
  const epochs: EpochReport[] = [];
  const stop = startClock();
  const trained = await trainRun(run, dataset, plan, {
    onBatch: (progress) => reporter.batch(progress),
    onEpoch: (report) => {
      reporter.epoch(report);
      epochs.push(report);
    },
  });
  const { network, layers, parameters, bestEpoch, engineMemoryBytes } = trained;
  const cost = { ...stop(), engineMemoryBytes };
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
    headAccuracy: null,
    cost,
    machine: describeMachine(),
  };
}

export function testAccuracies(
  { data, net }: Run,
  network: Decider,
  layers: readonly number[],
  test: Dataset,
  input: InputSpec,
): { readonly test: TestAccuracy; readonly mirrored: TestAccuracy | null } {
  const isMirrored = data === 'cifar10' && net === 'conv';
  return {
    test: testAccuracy(network, layers, test, input),
    mirrored: isMirrored ? testAccuracy(network, layers, test, input, { flip: true }) : null,
  };
}

function startClock(): () => Omit<RunCost, 'engineMemoryBytes'> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return {
      seconds: (performance.now() - started) / 1000,
      cpuSeconds: (user + system) / 1e6,
      // Linux counts in KiB, and Node says so on all platforms.
      peakMemoryBytes: 1024 * process.resourceUsage().maxRSS,
    };
  };
}
