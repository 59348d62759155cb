/** What is timed against what. */
import type { Start } from './time-start.ts';

export interface Subject {
  readonly name: string;
  /** Starts it anew and checks its answer. */
  time(): Promise<Start>;
}

export interface Subjects {
  /** Does the same without model and engine: its times are subtracted from the others'. */
  readonly control: Subject;
  readonly workers: readonly Subject[];
}
