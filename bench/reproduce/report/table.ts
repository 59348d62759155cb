/** A table of the report: the same on the page and in Markdown. */
export interface Table {
  /** The columns' titles. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
