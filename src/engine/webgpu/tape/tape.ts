/** A list of dispatches, recorded once for a size of batches and run for every batch (replay.ts). */
import type { BufferKind, Kernel } from "../kernel/kernel";
import { type Element, type Place, sizeOf, type Value } from "./value";

export interface Dispatch {
  readonly kernel: Kernel;
  /** In the order of the kernel's buffers. */
  readonly buffers: readonly Value[];
  /** `first` and `count`, then the kernel's whole numbers, then its real ones. */
  readonly whole: readonly number[];
  readonly real: readonly number[];
  readonly groups: readonly [number, number, number];
  /** Multiply-adds, or whatever takes about as long, of all invocations together. */
  readonly work: number;
}

export interface DispatchOptions<
  Whole extends string,
  Real extends string,
  Buffers extends Readonly<Record<string, BufferKind>>,
> {
  readonly buffers: { readonly [Name in keyof Buffers]: Value };
  readonly whole: { readonly [Name in Whole]: number };
  readonly real: { readonly [Name in Real]: number };
}

/** Along an axis. */
const MOST_GROUPS = 65_535;

/**
 * Work of one dispatch: a tenth of a second on a slow card (2e11 multiply-adds a second). Windows resets a driver after two seconds, and
 * a screen that the card draws waits as long.
 */
export const MOST_WORK = 2e10;

export class Tape {
  readonly dispatches: Dispatch[] = [];
  /** Names of passing arrays that are read after a run. */
  readonly kept = new Map<Place, string>();
  readonly #names = new Set<string>();

  /** An array that the dispatches fill, and that is gone after its last use. */
  value(name: string, shape: readonly number[], element: Element = "f32"): Value {
    return { shape, element, place: { kind: "passing", name } };
  }

  /** An array that is written from outside before a run, or read after it. @throws Error if there is one of that name */
  own(name: string, shape: readonly number[], element: Element = "f32"): Value {
    this.#claim(name);
    return { shape, element, place: { kind: "own", name } };
  }

  /** Keeps an array until it has been read after a run. @returns its name, with which the replay gives it out */
  keep(value: Value, name: string): string {
    if (value.place.kind === "own") return value.place.name;
    const known = this.kept.get(value.place);
    if (known !== undefined) return known;
    this.#claim(name);
    this.kept.set(value.place, name);
    return name;
  }

  /** An array of the model. */
  ofModel(key: string, shape: readonly number[]): Value {
    return { shape, element: "f32", place: { kind: "model", key } };
  }

  /**
   * Runs a kernel over elements.
   * @param elements how many; an index must stay below 2^32
   * @param work of each element
   * @returns the places of its dispatches on the tape
   */
  over<Whole extends string, Real extends string, Buffers extends Readonly<Record<string, BufferKind>>>(
    kernel: Kernel<Whole, Real, Buffers>,
    elements: number,
    options: DispatchOptions<Whole, Real, Buffers>,
    work = 1,
  ): readonly number[] {
    const before = this.dispatches.length;
    expectKind(kernel, "elements");
    const step = Math.max(1, Math.floor(MOST_WORK / work / kernel.workgroup)) * kernel.workgroup;
    for (let first = 0; first < elements; first += step) {
      const count = Math.min(elements, first + step);
      const groups = Math.ceil((count - first) / kernel.workgroup);
      const x = Math.min(groups, MOST_GROUPS);
      this.#dispatch(kernel, options, [first, count], [x, Math.ceil(groups / x), 1], (count - first) * work);
    }
    return Array.from({ length: this.dispatches.length - before }, (_, part) => before + part);
  }

  /**
   * Runs a kernel over groups of invocations. Where they are too much work for one dispatch, the last axis is cut.
   * @param work of each group
   */
  groups<Whole extends string, Real extends string, Buffers extends Readonly<Record<string, BufferKind>>>(
    kernel: Kernel<Whole, Real, Buffers>,
    [x, y, z]: readonly [number, number, number],
    options: DispatchOptions<Whole, Real, Buffers>,
    work: number,
  ): void {
    expectKind(kernel, "groups");
    for (const size of [x, y])
      if (size > MOST_GROUPS)
        throw new Error(`${kernel.name} has ${size} groups along an axis, of ${MOST_GROUPS}.`);
    const step = Math.min(MOST_GROUPS, Math.max(1, Math.floor(MOST_WORK / (work * x * y))));
    for (let first = 0; first < z; first += step) {
      const planes = Math.min(step, z - first);
      this.#dispatch(kernel, options, [first, 0], [x, y, planes], work * x * y * planes);
    }
  }

  #claim(name: string): void {
    if (this.#names.has(name)) throw new Error(`There are two arrays called ${name}.`);
    this.#names.add(name);
  }

  #dispatch<Whole extends string, Real extends string, Buffers extends Readonly<Record<string, BufferKind>>>(
    kernel: Kernel<Whole, Real, Buffers>,
    { buffers, whole, real }: DispatchOptions<Whole, Real, Buffers>,
    part: readonly [first: number, count: number],
    groups: readonly [number, number, number],
    work: number,
  ): void {
    const wholes = [...part, ...kernel.whole.map((name) => whole[name])];
    const wrong = wholes.findIndex((value) => !Number.isInteger(value) || value < 0 || value >= 2 ** 32);
    if (wrong !== -1) throw new Error(`${kernel.name}: ${wholes[wrong]} is no size.`);
    const values = Object.keys(kernel.buffers).map((name) => buffers[name]!);
    for (const value of values)
      if (sizeOf(value) >= 2 ** 32)
        throw new Error(`${kernel.name}: ${value.shape.join("x")} has too many elements.`);
    this.dispatches.push({
      kernel,
      buffers: values,
      whole: wholes,
      real: kernel.real.map((name) => real[name]),
      groups,
      work,
    });
  }
}

function expectKind({ name, over }: Kernel, kind: Kernel["over"]): void {
  if (over !== kind) throw new Error(`${name} runs over ${over}.`);
}
