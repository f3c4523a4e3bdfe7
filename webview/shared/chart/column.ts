/** A growing column of numbers. `view` shares the memory: nothing is copied when a curve is drawn again. */
export class Column {
  #values = new Float64Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
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

  view(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}

/** Index of the first value >= `wanted` in an ascending array; its length when there is none. */
export function lowerBound(ascending: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the value nearest to `wanted` in an ascending array; -1 when it is empty. */
export function nearestIndex(ascending: ArrayLike<number>, wanted: number): number {
  if (ascending.length === 0) return -1;
  const after = Math.min(lowerBound(ascending, wanted), ascending.length - 1);
  if (after === 0) return 0;
  return wanted - ascending[after - 1]! <= ascending[after]! - wanted ? after - 1 : after;
}
