import type { Run } from './runs.ts';

/** What a process that makes one run is told. */
export interface Job {
  readonly run: Run;
  /** Where the result goes. */
  readonly file: string;
  /** What is kept of it until it has a result, so that it can be broken off. */
  readonly checkpoint: string;
  /** A trained model to be measured in the place of training one. */
  readonly model?: string | undefined;
  /** What `hff train --json` printed when it was trained. */
  readonly log?: string | undefined;
}
