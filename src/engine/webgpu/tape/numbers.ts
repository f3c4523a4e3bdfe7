/** The numbers that the kernels of a tape take, all in one buffer. */
import type { Dispatch } from "./tape";

/** A uniform begins at a multiple of this. */
const ALIGNMENT = 256;

interface Range {
  readonly offset: number;
  readonly size: number;
  /** Whole numbers, which come first. */
  readonly wholes: number;
}

export class Numbers {
  readonly buffer: GPUBuffer;
  readonly #device: GPUDevice;
  readonly #ranges: readonly Range[];
  readonly #bytes: DataView<ArrayBuffer>;

  constructor(device: GPUDevice, dispatches: readonly Dispatch[]) {
    const ranges: Range[] = [];
    let end = 0;
    for (const { whole, real } of dispatches) {
      const size = Math.ceil(((whole.length + real.length) * 4) / 16) * 16;
      ranges.push({ offset: end, size, wholes: whole.length });
      end += Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    }
    this.#device = device;
    this.#ranges = ranges;
    this.#bytes = new DataView(new ArrayBuffer(Math.max(end, ALIGNMENT)));
    this.buffer = device.createBuffer({
      label: "numbers of a tape",
      size: this.#bytes.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    dispatches.forEach(({ whole }, place) => {
      for (const [field, value] of whole.entries())
        this.#bytes.setUint32(ranges[place]!.offset + 4 * field, value, true);
    });
    this.write(new Map(dispatches.map(({ real }, place) => [place, real])));
  }

  /** Those of the dispatch at that place. */
  of(place: number): GPUBufferBinding {
    const { offset, size } = this.#ranges[place]!;
    return { buffer: this.buffer, offset, size };
  }

  /** @param real numbers by the place of their dispatch */
  write(real: ReadonlyMap<number, readonly number[]>): void {
    for (const [place, values] of real) {
      const { offset, wholes } = this.#ranges[place]!;
      for (const [field, value] of values.entries())
        this.#bytes.setFloat32(offset + 4 * (wholes + field), value, true);
    }
    // Dawn takes no DataView.
    this.#device.queue.writeBuffer(this.buffer, 0, this.#bytes.buffer);
  }
}
