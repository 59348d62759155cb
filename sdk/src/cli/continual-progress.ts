/** A progress bar for each step of `hff continual`. */
import { SingleBar } from 'cli-progress';

const parts = 1000;

export class ContinualProgress {
  readonly #bar = new SingleBar({
    format: '{step} [{bar}] {percentage} %',
    clearOnComplete: true,
    stopOnComplete: false,
  });
  #step = '';

  /** @param share of the step that is done, 0 to 1 */
  show(step: string, share: number): void {
    if (step !== this.#step) {
      this.#bar.stop();
      this.#bar.start(parts, 0, { step });
      this.#step = step;
    }
    this.#bar.update(Math.round(share * parts));
  }

  stop(): void {
    this.#bar.stop();
  }
}
