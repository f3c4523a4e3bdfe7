/** A growing column of numbers. `view` shares the memory: nothing is copied when a curve is drawn again. */
export class Column {
  #values = new Float64Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(Math.max(64, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** Appends NaN until the column has `length` values: a metric that was not measured there. */
  padTo(length: number): void {
    while (this.#length < length) this.push(Number.NaN);
  }

  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  at(index: number): number {
    return index < this.#length ? this.#values[index]! : Number.NaN;
  }

  /** The last value; NaN while there is none. */
  get last(): number {
    return this.#length === 0 ? Number.NaN : this.#values[this.#length - 1]!;
  }

  view(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
