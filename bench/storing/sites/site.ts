/** A trial as the bench sees it, wherever it runs. */
import type { Action } from '../actions.ts';
import type { Report } from '../trial.ts';

export interface Site {
  /** Of the store, and where it runs. */
  readonly name: string;
  /** @returns milliseconds as often as `repeats` says */
  time(action: Action): Promise<number>;
  report(): Promise<Report>;
  stop(): Promise<void>;
}
