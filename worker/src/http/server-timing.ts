/** Milliseconds of each part of a request, one after the other, as the header `Server-Timing` tells them. */
export class ServerTiming {
  readonly #parts: string[] = [];
  #from = performance.now();

  /** Ends a part, which began where the one before ended. */
  end(name: string): void {
    const now = performance.now();
    this.#parts.push(`${name};dur=${(now - this.#from).toFixed(1)}`);
    this.#from = now;
  }

  get header(): string {
    return this.#parts.join(', ');
  }
}
