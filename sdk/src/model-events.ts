/** What a model tells of itself, by the platform's own events. */
export interface ModelEventDetails {
  /** Something was learned, forgotten, renamed or merged; `labels` are the classes named in the call. */
  change: { readonly labels: readonly string[] };
  /** How far a `learnBatch` or an `adapt` is, in samples; the latter sees each once an epoch. */
  progress: { readonly done: number; readonly total: number };
}

export class ModelEvents {
  readonly #target = new EventTarget();

  /**
   * @example
   * model.on('change', ({ labels }) => render(labels));
   * @returns ends listening
   */
  on<Name extends keyof ModelEventDetails>(
    name: Name,
    listener: (detail: ModelEventDetails[Name]) => void,
  ): () => void {
    const heard = (event: Event): void => {
      listener((event as CustomEvent<ModelEventDetails[Name]>).detail);
    };
    this.#target.addEventListener(name, heard);
    return () => this.#target.removeEventListener(name, heard);
  }

  protected emit<Name extends keyof ModelEventDetails>(
    name: Name,
    detail: ModelEventDetails[Name],
  ): void {
    this.#target.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
