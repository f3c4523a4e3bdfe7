/** The convolutions that the bench measures by themselves. */
import { isNear } from "../../src/engine/webgpu/kernels/convolution/near";
import { convolutionsOf, type PlacedConvolution } from "../../src/engine/webgpu/measuring/convolutionSweep";
import { buildNetwork } from "../../src/network/building/build";

export interface KernelRow {
  readonly pass: "forward" | "gradient by the weight";
  readonly convolution: PlacedConvolution;
}

/** Arrays of a convolution. */
export type Arrays = Readonly<Record<"x" | "weight" | "y", Float32Array>>;

/** One way to compute a row. */
export interface Computing {
  run(): Promise<void>;
  dispose(): Promise<void>;
}

/** The convolutions of Conv5_FC3 at 8x1x50x50x50, then those of resnet18 at 8x3x128x128 that have another kernel or a step. */
export function kernelRows(): KernelRow[] {
  const options = { outputSize: 2, dropout: 0, latentSpaceSize: 1, task: "classification" } as const;
  const ofNetwork = (architecture: string, inputSize: readonly number[]) =>
    convolutionsOf(buildNetwork({ architecture, inputSize, ...options }), 8);
  const convolutions = [
    ...ofNetwork("Conv5_FC3", [1, 50, 50, 50]),
    ...ofNetwork("resnet18", [3, 128, 128]).filter(({ geometry }) => !isNear(geometry)),
  ];
  return (["forward", "gradient by the weight"] as const).flatMap((pass) =>
    convolutions.map((convolution) => ({ pass, convolution })),
  );
}

export function kernelTitle({ pass, convolution: { settings, geometry } }: KernelRow): string {
  const { inChannels, outChannels, kernel, stride } = settings;
  const window = isNear(geometry) ? "" : `, ${kernel.join("x")} by steps of ${stride[0]}`;
  const places = geometry.to.slice(3 - kernel.length).join("x");
  return `convolution ${inChannels} > ${outChannels}${window}, ${geometry.samples} x ${places}, ${pass}`;
}
