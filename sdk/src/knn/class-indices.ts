/** Numbers of classes in the order in which they were added; a class that is cleared keeps its own. */
export class ClassIndices {
  readonly #indices = new Map<string, number>();
  #next = 0;

  /** @param index whole number ≥ 0; by default the next after all others. Known labels keep theirs. */
  add(label: string, index: number = this.#next): void {
    if (this.#indices.has(label)) return;
    this.#indices.set(label, index);
    this.#next = Math.max(this.#next, index + 1);
  }

  /** Of a label that was added. */
  of(label: string): number {
    return this.#indices.get(label) as number;
  }

  /** Values by label, labels in the order of their numbers as far as objects keep it. */
  record<T>(entries: Iterable<readonly [label: string, value: T]>): Record<string, T> {
    return Object.fromEntries([...entries].sort(([a], [b]) => this.of(a) - this.of(b)));
  }
}
