import type { Voxels } from "../batches/networkInput";

/**
 * Decoded volumes, so that a set that fits into memory is decoded once. An epoch visits every image once, in an order that
 * changes: then keeping the first that fit serves a fixed share of the reads, while evicting the oldest would serve almost
 * none. Beyond the budget the last few are kept, for images whose parts are read one after the other.
 */
export class VolumeCache {
  readonly #kept = new Map<string, Voxels>();
  readonly #recent = new Map<string, Voxels>();
  #bytes = 0;
  readonly #budgetBytes: number;
  readonly #recentCount: number;

  constructor(budgetBytes: number, recentCount: number) {
    this.#budgetBytes = budgetBytes;
    this.#recentCount = recentCount;
  }

  get(file: string): Voxels | undefined {
    return this.#kept.get(file) ?? this.#recent.get(file);
  }

  put(voxels: Voxels): void {
    if (this.get(voxels.file) !== undefined) return;
    if (this.#bytes + voxels.data.byteLength <= this.#budgetBytes) {
      this.#kept.set(voxels.file, voxels);
      this.#bytes += voxels.data.byteLength;
      return;
    }
    this.#recent.set(voxels.file, voxels);
    const oldest = this.#recent.keys().next().value;
    if (this.#recent.size > this.#recentCount && oldest !== undefined) this.#recent.delete(oldest);
  }
}
