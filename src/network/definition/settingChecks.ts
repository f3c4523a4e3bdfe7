import { ArchitectureError } from "../architectureError";
import { type Sentence, sentence } from "../sentence";
import type { PerAxis } from "../shapes/axes";

/** Those of a layer without settings. */
export const noSettings = (): void => {};

/** Checks of the settings of one layer, which name the layer, the setting and its range. */
export class SettingChecks {
  readonly #path: string;

  /** @param path of the layer, such as "convolutions.3" */
  constructor(path: string) {
    this.#path = path;
  }

  /** @throws ArchitectureError unless it `holds` */
  require(holds: boolean, detail: Sentence, remedy: Sentence): void {
    if (!holds) throw new ArchitectureError(this.#path, detail, remedy);
  }

  count(name: string, value: number): void {
    const isCount = Number.isSafeInteger(value) && value >= 1;
    this.require(isCount, sentence`${name} is ${value}.`, sentence`Give a whole number from 1 up.`);
  }

  finite(name: string, value: number): void {
    this.require(Number.isFinite(value), sentence`its ${name} is ${value}.`, sentence`Give a finite number.`);
  }

  divides(name: string, divisor: number, of: string, value: number): void {
    this.count(name, divisor);
    const detail = sentence`${name} is ${divisor}, which does not divide ${of} ${value}.`;
    this.require(value % divisor === 0, detail, sentence`Give a divisor of ${value}.`);
  }

  /** @throws ArchitectureError that says the `sizes`, unless it `holds` */
  sizes(name: string, sizes: PerAxis, holds: boolean, remedy: Sentence): void {
    this.require(holds, sentence`${name} is ${sizes.join("x")}.`, remedy);
  }

  perAxis(name: string, sizes: PerAxis, dimensions: number, smallest: number): void {
    const countFits = sizes.length === dimensions;
    this.require(
      countFits,
      sentence`${name} has ${sizes.length} {1|size|sizes} for ${dimensions} {2|axis|axes}.`,
      sentence`Give one size per axis.`,
    );
    const inRange = sizes.every((size) => Number.isSafeInteger(size) && size >= smallest);
    this.sizes(name, sizes, inRange, sentence`Give whole numbers from ${smallest} up.`);
  }

  windows(layer: { readonly dimensions: number; readonly kernel: PerAxis; readonly stride: PerAxis }): void {
    this.perAxis("kernel_size", layer.kernel, layer.dimensions, 1);
    this.perAxis("stride", layer.stride, layer.dimensions, 1);
  }

  /** As PyTorch's pools: at most half of the kernel, so that no window is all padding. */
  poolPadding(layer: {
    readonly dimensions: number;
    readonly kernel: PerAxis;
    readonly padding: PerAxis;
  }): void {
    const { kernel, padding } = layer;
    this.perAxis("padding", padding, layer.dimensions, 0);
    const atMostHalf = padding.every((size, axis) => 2 * size <= kernel[axis]!);
    this.sizes("padding", padding, atMostHalf, sentence`It must be at most half of the kernel.`);
  }
}
