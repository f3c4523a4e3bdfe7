/**
 * Parameters and optimizer moments of a run, in one block of memory that is reserved once and never grows: a view stays
 * valid for the whole run, the SIMD kernels update it in place, and an engine reads it without a copy.
 */
import { type Sentence, sentence } from "../../network/sentence";
import { elementCount } from "../../network/weights/tensor";
import { EngineError } from "../engine";
import { leastCapacity } from "./gradientBlocks";

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Never trained: no room is reserved for its moments. */
  readonly frozen?: boolean;
}

export interface ParameterStore {
  readonly specs: ReadonlyMap<string, ParameterSpec>;
  /** Arrays kept for each trained parameter beside its values. */
  readonly momentSlots: number;
  readonly memory: WebAssembly.Memory;
  /** The values of a parameter, row-major. Zeros until something is written there. */
  view(name: string): Float32Array;
  /** The `slot`-th moment of a trained parameter, as long as its view. Zeros at first. */
  moment(name: string, slot: number): Float32Array;
  /** Where a step gathers gradients; see gradientBlocks.ts. */
  readonly scratch: Float32Array;
}

/** Byte offsets of a store. */
export interface StoreLayout {
  /** Start of each parameter; its moments follow it, `stride` bytes apart. */
  readonly parameters: ReadonlyMap<string, { readonly start: number; readonly stride: number }>;
  readonly scratch: number;
  readonly scratchLength: number;
  readonly pages: number;
}

const PAGE_BYTES = 65_536;
/** WebAssembly addresses 4 GiB; one page less, so that the end of an array never wraps to 0. */
const MAX_PAGES = 65_535;
const ALIGNMENT = 16;
/** 64 MB of addresses; the system gives memory only to the part that is used. */
const USUAL_SCRATCH_LENGTH = 2 ** 24;

/**
 * Reserves the memory of a run: `momentSlots` is that of the optimizer (createOptimizer.ts).
 * Throws an EngineError if the parameters and their moments do not fit in 4 GB, or the system has not that much left.
 */
export function createParameterStore(specs: readonly ParameterSpec[], momentSlots: number): ParameterStore {
  const layout = planLayout(specs, momentSlots);
  const memory = reserve(layout.pages);
  const byName = new Map(specs.map((spec) => [spec.name, spec]));

  const arrayAt = (name: string, slot: number): Float32Array => {
    const spec = byName.get(name);
    const place = layout.parameters.get(name);
    if (spec === undefined || place === undefined) throw new Error(`there is no parameter ${name}`);
    return new Float32Array(memory.buffer, place.start + slot * place.stride, elementCount(spec.shape));
  };
  const views = new Map(specs.map(({ name }) => [name, arrayAt(name, 0)]));

  return {
    specs: byName,
    momentSlots,
    memory,
    view: (name) => views.get(name) ?? arrayAt(name, 0),
    moment(name, slot) {
      if (byName.get(name)?.frozen === true) throw new Error(`${name} is frozen: it has no moments`);
      if (slot < 0 || slot >= momentSlots) throw new Error(`there is no moment ${slot} of ${momentSlots}`);
      return arrayAt(name, slot + 1);
    },
    scratch: new Float32Array(memory.buffer, layout.scratch, layout.scratchLength),
  };
}

/**
 * Parameter, its moments, next parameter, ..., scratch. Each array starts at a multiple of 16 bytes, so that a vector of the
 * kernels never holds values of two arrays.
 */
export function planLayout(specs: readonly ParameterSpec[], momentSlots: number): StoreLayout {
  const parameters = new Map<string, { start: number; stride: number }>();
  let end = 0;
  for (const { name, shape, frozen } of specs) {
    if (parameters.has(name)) throw new Error(`two parameters are named ${name}`);
    const stride = Math.ceil((elementCount(shape) * Float32Array.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
    parameters.set(name, { start: end, stride });
    end += stride * (frozen === true ? 1 : 1 + momentSlots);
  }
  const scratchLength = Math.max(USUAL_SCRATCH_LENGTH, ...specs.map(({ shape }) => leastScratch(shape)));
  const pages = Math.ceil((end + scratchLength * Float32Array.BYTES_PER_ELEMENT) / PAGE_BYTES);
  if (pages > MAX_PAGES) throw new EngineError(tooLarge(specs, momentSlots, pages * PAGE_BYTES));
  return { parameters, scratch: end, scratchLength, pages };
}

function leastScratch(shape: readonly number[]): number {
  const [rows, columns] = shape;
  return shape.length === 2 && rows !== undefined && columns !== undefined ? leastCapacity(rows, columns) : 0;
}

function reserve(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    throw new EngineError(
      sentence`The system has not the ${gigabytes(pages * PAGE_BYTES)} left that the parameters and the optimizer of this network need. Close other programs, or take a network with fewer parameters.`,
      { cause: error },
    );
  }
}

function tooLarge(specs: readonly ParameterSpec[], momentSlots: number, bytes: number): Sentence {
  const largest = specs.reduce((a, b) => (elementCount(b.shape) > elementCount(a.shape) ? b : a));
  return sentence`The parameters of this network and the ${momentSlots} {0|value|values} that the optimizer keeps for each need ${gigabytes(bytes)}; the limit is ${gigabytes(MAX_PAGES * PAGE_BYTES)}. The largest is ${largest.name} (${largest.shape.join(" x ")}): make that layer smaller, pool once more before it, or freeze it.`;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
