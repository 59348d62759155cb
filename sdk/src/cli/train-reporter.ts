/** Shows a training run: a progress bar and a line per epoch, or JSON lines for machines. */
import { SingleBar } from 'cli-progress';
import type {
  BatchProgress,
  EpochReport,
  LayerProgress,
  TrainingPlan,
  TrainingRecord,
} from '../node.ts';
import { describeInputs, describeLayer } from './describe-layers.ts';
import { kilobytes, percent } from './format.ts';

export class TrainReporter {
  readonly #epochs: number;
  readonly #json: boolean;
  readonly #bar: SingleBar;

  constructor({ spec, data, options }: TrainingPlan, json: boolean) {
    this.#epochs = options.epochs;
    this.#json = json;
    this.#bar = new SingleBar({
      format: 'epoch {epoch} [{bar}] {percentage} %  {eta_formatted} left  {layers}',
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
    });
    if (json) return;
    const { layers } = spec.network;
    console.log(
      `${spec.name}: ${data}, ${spec.labels.length} classes, layers ${describeInputs(layers)} → ${layers.map(describeLayer).join(' → ')}, seed ${options.seed}`,
    );
    const images = describeImages(options);
    if (images) console.log(`images: ${images}`);
    console.log('per layer: loss, accuracy on the training samples while learning');
  }

  batch({ epoch, batch, batches, layers }: BatchProgress): void {
    if (this.#json) return;
    const payload = { epoch: `${epoch}/${this.#epochs}`, layers: summary(layers) };
    if (batch === 1) this.#bar.start(batches, 1, payload);
    else this.#bar.update(batch, payload);
  }

  epoch(report: EpochReport): void {
    if (this.#json) {
      console.log(JSON.stringify({ event: 'epoch', ...report }));
      return;
    }
    this.#bar.stop();
    const { epoch, layers, holdoutAccuracy, seconds } = report;
    console.log(
      `epoch ${epoch}/${this.#epochs}  ${summary(layers)}  held out ${percent(holdoutAccuracy)}  ${seconds.toFixed(1)} s`,
    );
  }

  /** @param share of the samples whose features are summed up, after training */
  statistics(share: number): void {
    if (this.#json) return;
    const payload = { epoch: 'statistics', layers: '' };
    if (!this.#bar.isActive) this.#bar.start(100, 0, payload);
    this.#bar.update(Math.round(100 * share), payload);
  }

  stop(): void {
    if (!this.#json) this.#bar.stop();
  }

  written(out: string, sizeBytes: number, record: TrainingRecord | null, finished: boolean): void {
    const { bestEpoch, epochs, testAccuracy } = record ?? {};
    if (this.#json) {
      console.log(
        JSON.stringify({
          event: 'written',
          out,
          sizeBytes,
          finished,
          bestEpoch,
          epochs,
          testAccuracy,
        }),
      );
      return;
    }
    const tested = testAccuracy === undefined ? '' : `, test accuracy ${percent(testAccuracy)}`;
    console.log(`${out}: ${kilobytes(sizeBytes)}, epoch ${bestEpoch} of ${epochs}${tested}`);
    if (!finished) console.log('stopped early; go on with --resume and the same --out');
  }
}

/** What training does with images; nothing where it does nothing. */
function describeImages({ augment, turns, fields }: TrainingPlan['options']): string {
  const moved = augment && [
    `shifted up to ${number(augment.shift)} pixels`,
    `rotated ${number(augment.rotate)}°`,
    `zoomed ${percent(augment.zoom)}`,
    ...(augment.flip ? ['mirrored'] : []),
  ];
  return [
    ...(moved ?? []),
    ...(turns ? ['quarter turns as classes'] : []),
    ...(fields ? [`fields of ${fields.least} to ${fields.most} pixels`] : []),
  ].join(', ');
}

function number(value: number): string {
  return String(Number(value.toFixed(2)));
}

function summary(layers: readonly LayerProgress[]): string {
  return layers.map(({ loss, accuracy }) => `${loss.toFixed(3)} ${percent(accuracy)}`).join(' | ');
}
