/** The fast convolutions of the engine webgpu beside those of one value an invocation, in turn on one card. */
import { median } from "../../src/engine/repeatedTime";
import type { OpenDevice } from "../../src/engine/webgpu/device/openDevice";
import { type Geometry, voxels } from "../../src/engine/webgpu/kernels/convolution/geometry";
import { kernelsFor } from "../../src/engine/webgpu/kernels/convolution/kernelsFor";
import { nearConvolutions } from "../../src/engine/webgpu/measuring/convolutionSweep";
import { type LoneTape, loneTape } from "../../src/engine/webgpu/measuring/loneTape";
import type { Form } from "../../src/engine/webgpu/pass";
import { buildNetwork } from "../../src/network/building/build";
import { RandomGenerator } from "../../src/network/weights/random";
import { type Repetition, repetitionOf } from "./contestant";

export interface KernelRow {
  readonly pass: "forward" | "gradient by the weight";
  readonly geometry: Geometry;
}

/** The convolutions of Conv5_FC3 at 8x1x50x50x50. */
export function kernelRows(): KernelRow[] {
  const network = buildNetwork({
    architecture: "Conv5_FC3",
    inputSize: [1, 50, 50, 50],
    outputSize: 2,
    dropout: 0,
    latentSpaceSize: 1,
    task: "classification",
  });
  const geometries = nearConvolutions(network, 8).map(([, geometry]) => geometry);
  return (["forward", "gradient by the weight"] as const).flatMap((pass) =>
    geometries.map((geometry) => ({ pass, geometry })),
  );
}

export const kernelTitle = ({ pass, geometry }: KernelRow): string =>
  `convolution ${geometry.inChannels} > ${geometry.outChannels}, 8 x ${geometry.to.join("x")}, ${pass}`;

export interface KernelFigures {
  /** Medians. */
  readonly fast: Repetition;
  readonly plain: Repetition;
  readonly rounds: number;
}

const LEAST_ROUNDS = 2;

/** Both forms in turn, so that they meet the same load of the machine. */
export async function measureKernels(
  { device }: OpenDevice,
  row: KernelRow,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<KernelFigures> {
  const forms = [await tapeOf(device, row, "fast"), await tapeOf(device, row, "plain")] as const;
  const times: [Repetition[], Repetition[]] = [[], []];
  // Compiles, and takes memory that the others find.
  for (const form of forms) await form.run();
  const beginning = performance.now();
  let round = 0;
  while (round < LEAST_ROUNDS || (round < rounds && performance.now() - beginning < 1000 * seconds)) {
    round++;
    for (const [place, form] of forms.entries()) {
      times[place]!.push(await repetitionOf(() => form.run()));
    }
  }
  for (const { replay } of forms) replay.dispose();
  return { fast: medians(times[0]), plain: medians(times[1]), rounds: round };
}

const medians = (repetitions: readonly Repetition[]): Repetition => ({
  wall: median(repetitions.map(({ wall }) => wall)),
  cpu: median(repetitions.map(({ cpu }) => cpu)),
});

async function tapeOf(device: GPUDevice, { pass, geometry }: KernelRow, form: Form): Promise<LoneTape> {
  const { samples, inChannels, outChannels, from, to, kernel } = geometry;
  const shapes = {
    x: [samples, inChannels, ...from],
    weight: [outChannels, inChannels, ...kernel],
    y: [samples, outChannels, ...to],
  };
  const sizes = {
    x: samples * inChannels * voxels(from),
    weight: outChannels * inChannels * voxels(kernel),
    y: samples * outChannels * voxels(to),
  };
  const tape = await loneTape(device, (onTape) => {
    const [x, weight, y] = (["x", "weight", "y"] as const).map((name) => onTape.own(name, shapes[name]));
    const kernels = kernelsFor(geometry, form);
    if (pass === "forward") kernels.convolve(onTape, geometry, { x: x!, weight: weight!, y: y! });
    else kernels.weightGradient(onTape, geometry, { x: x!, dy: y!, into: weight! });
  });
  const random = new RandomGenerator(0);
  const given = pass === "forward" ? (["x", "weight"] as const) : (["x", "y"] as const);
  for (const name of given)
    tape.replay.write(
      name,
      Float32Array.from({ length: sizes[name] }, () => random.uniformFloat()),
    );
  return tape;
}
