/** What is timed on a store. */

/** How often each is done in one go, so that it takes longer than clocks and requests are uncertain. */
export const repeats = {
  /** What it costs to ask for something. */
  nothing: 1,
  /** `learn` with one view, in a model that is kept, and in one that is not. */
  learnKept: 40,
  learn: 40,
  /** The bytes of an entry by the platform's own means, and by our driver; and loaded again. */
  put: 25,
  create: 25,
  load: 100,
  /** A thousand changes, and the same in a snapshot: opened, from bytes at hand, and only read. */
  openChanges: 1,
  openSnapshot: 1,
  loadTaught: 1,
  readChanges: 2,
  readSnapshot: 5,
} as const;

export type Action = keyof typeof repeats;
