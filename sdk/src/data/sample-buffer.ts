/** Samples whose number is not known beforehand, gathered in one growing array. */
export class SampleBuffer {
  #values = new Float32Array(1024);
  #length = 0;
  #width = 0;

  /** Numbers per sample. */
  get width(): number {
    return this.#width;
  }

  /** @param sample as many numbers as every other sample has */
  push(sample: readonly number[]): void {
    this.#width = sample.length;
    const length = this.#length + sample.length;
    if (length > this.#values.length) {
      const larger = new Float32Array(Math.max(length, 2 * this.#values.length));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values.set(sample, this.#length);
    this.#length = length;
  }

  /** All numbers, as bytes where every one is a whole number from 0 to 255. */
  values(): Uint8Array | Float32Array {
    const values = this.#values.subarray(0, this.#length);
    const bytes = new Uint8Array(values);
    return bytes.every((byte, i) => byte === values[i]) ? bytes : values.slice();
  }
}
