/**
 * The fast convolutions of the engine webgpu beside those of one value an invocation, and beside the same convolution on the processor: in
 * turn, so that all meet the same load of the machine.
 */
import { median } from "../../src/engine/repeatedTime";
import type { OpenDevice } from "../../src/engine/webgpu/device/openDevice";
import { kernelsFor } from "../../src/engine/webgpu/kernels/convolution/kernelsFor";
import { loneTape } from "../../src/engine/webgpu/measuring/loneTape";
import type { Form } from "../../src/engine/webgpu/pass";
import { RandomGenerator } from "../../src/network/weights/random";
import { elementCount } from "../../src/network/weights/tensor";
import { type Repetition, repetitionOf } from "./contestant";
import type { Arrays, Computing, KernelRow } from "./kernelRows";
import { convolutionOnProcessor } from "./processorConvolution";

/** In the order of the columns. */
export const KERNEL_COLUMNS = ["fast", "plain", "processor"] as const;

export interface KernelFigures {
  /** Medians. */
  readonly times: Readonly<Record<(typeof KERNEL_COLUMNS)[number], Repetition>>;
  readonly rounds: number;
}

const LEAST_ROUNDS = 2;

export async function measureKernels(
  { device }: OpenDevice,
  row: KernelRow,
  {
    rounds,
    seconds,
    threads,
  }: { readonly rounds: number; readonly seconds: number; readonly threads: number },
): Promise<KernelFigures> {
  const arrays = noiseFor(row);
  const ways = {
    fast: await onDevice(device, row, "fast", arrays),
    plain: await onDevice(device, row, "plain", arrays),
    processor: await convolutionOnProcessor(row, arrays, threads),
  };
  // Compiles, and takes memory that the others find.
  for (const name of KERNEL_COLUMNS) await ways[name].run();
  const repetitions: Record<keyof typeof ways, Repetition[]> = { fast: [], plain: [], processor: [] };
  const beginning = performance.now();
  let round = 0;
  while (round < LEAST_ROUNDS || (round < rounds && performance.now() - beginning < 1000 * seconds)) {
    round++;
    for (const name of KERNEL_COLUMNS) repetitions[name].push(await repetitionOf(() => ways[name].run()));
  }
  for (const name of KERNEL_COLUMNS) await ways[name].dispose();
  const { fast, plain, processor } = repetitions;
  return {
    times: { fast: medians(fast), plain: medians(plain), processor: medians(processor) },
    rounds: round,
  };
}

const medians = (repetitions: readonly Repetition[]): Repetition => ({
  wall: median(repetitions.map(({ wall }) => wall)),
  cpu: median(repetitions.map(({ cpu }) => cpu)),
});

/** Shapes as a kernel on three axes sees them. */
function shapesOf({ convolution: { geometry } }: KernelRow) {
  const { samples, inChannels, outChannels, from, to, kernel } = geometry;
  return {
    x: [samples, inChannels, ...from],
    weight: [outChannels, inChannels, ...kernel],
    y: [samples, outChannels, ...to],
  };
}

function noiseFor(row: KernelRow): Arrays {
  const random = new RandomGenerator(0);
  const { x, weight, y } = shapesOf(row);
  const noise = (shape: readonly number[]) =>
    Float32Array.from({ length: elementCount(shape) }, () => random.uniformFloat());
  return { x: noise(x), weight: noise(weight), y: noise(y) };
}

async function onDevice(device: GPUDevice, row: KernelRow, form: Form, arrays: Arrays): Promise<Computing> {
  const shapes = shapesOf(row);
  const { geometry } = row.convolution;
  const isForward = row.pass === "forward";
  const tape = await loneTape(device, (onTape) => {
    const own = (name: keyof Arrays) => onTape.own(name, shapes[name]);
    const [x, weight, y] = [own("x"), own("weight"), own("y")];
    const kernels = kernelsFor(geometry, form);
    if (isForward) kernels.convolve(onTape, geometry, { x, weight, y });
    else kernels.weightGradient(onTape, geometry, { x, dy: y, into: weight });
  });
  for (const name of ["x", isForward ? "weight" : "y"] as const) tape.replay.write(name, arrays[name]);
  return { run: () => tape.run(), dispose: async () => tape.replay.dispose() };
}
