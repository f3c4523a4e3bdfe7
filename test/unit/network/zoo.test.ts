import { describe, expect, it } from "vitest";
import { buildNetwork, type NetworkRequest } from "../../../src/network/building/build";
import { traceShapes } from "../../../src/network/shapes/shape";
import { countParameters, parameterSpecs } from "../../../src/network/weights/parameters";
import { ARCHITECTURES, ZOO } from "../../../src/network/zoo/zoo";

const build = (request: Partial<NetworkRequest> & Pick<NetworkRequest, "architecture" | "inputSize">) =>
  buildNetwork({ outputSize: 2, dropout: 0.5, latentSpaceSize: 128, task: "classification", ...request });

/** Parameter counts that PyTorch gives for ClinicaDL 1.6's classes. */
const ANCHORS = [
  ["Conv5_FC3", [1, 169, 208, 179], 42_293_972],
  ["Conv5_FC3", [1, 50, 50, 50], 1_692_372],
  ["Conv5_FC3", [3, 128, 128], 2_827_732],
  ["Conv4_FC3", [1, 50, 50, 50], 348_092],
  ["Conv4_FC3", [1, 169, 208, 179], 1_909_692],
  ["Stride_Conv5_FC3", [1, 169, 208, 179], 42_293_972],
  ["Stride_Conv5_FC3", [1, 50, 50, 50], 1_692_372],
  ["resnet18", [3, 224, 224], 11_691_514],
  ["AE_Conv5_FC3", [1, 169, 208, 179], 589_059],
  ["AE_Conv4_FC3", [1, 50, 50, 50], 589_059],
] as const;

describe("zoo", () => {
  for (const [architecture, inputSize, parameters] of ANCHORS)
    it(`${architecture} for ${inputSize.join("x")} has ClinicaDL's ${parameters} parameters`, () => {
      const task = architecture.startsWith("AE_") ? "reconstruction" : "classification";
      expect(countParameters(build({ architecture, inputSize, task }))).toBe(parameters);
    });

  it("AE_Conv5_FC3 in ClinicaDL's 2D layout has its 197635 parameters for 3 channels", () => {
    const network = build({
      architecture: "AE_Conv5_FC3",
      inputSize: [3, 128, 128],
      task: "reconstruction",
      layout: "clinicadl",
    });
    expect(countParameters(network)).toBe(197_635);
  });

  it("flattens 32256 features of a cropped t1-linear image", () => {
    const trace = traceShapes(build({ architecture: "Conv5_FC3", inputSize: [1, 169, 208, 179] }));
    expect(trace.find(({ path }) => path === "convolutions.19")?.output).toEqual([128, 6, 7, 6]);
    expect(trace.find(({ path }) => path === "fc.0")?.output).toEqual([32_256]);
  });

  it("names the tensors of resnet18 as ClinicaDL's state dict", () => {
    const names = parameterSpecs(build({ architecture: "resnet18", inputSize: [3, 224, 224] })).map(
      ({ name }) => name,
    );
    expect(names.slice(0, 13)).toEqual([
      "convolutions.0.weight",
      "convolutions.1.weight",
      "convolutions.1.bias",
      "convolutions.1.running_mean",
      "convolutions.1.running_var",
      "convolutions.1.num_batches_tracked",
      "convolutions.4.0.conv1.weight",
      "convolutions.4.0.bn1.weight",
      "convolutions.4.0.bn1.bias",
      "convolutions.4.0.bn1.running_mean",
      "convolutions.4.0.bn1.running_var",
      "convolutions.4.0.bn1.num_batches_tracked",
      "convolutions.4.0.conv2.weight",
    ]);
    expect(names).toContain("convolutions.5.0.downsample.0.weight");
    expect(names).toContain("convolutions.5.0.downsample.1.running_var");
    expect(names).not.toContain("convolutions.4.0.downsample.0.weight");
    expect(names.slice(-4)).toEqual(["fc.1.weight", "fc.1.bias", "fc.fc_out.weight", "fc.fc_out.bias"]);
  });

  it("shrinks a slice of 224x224 to one vector of 512 in resnet18", () => {
    const outputs = traceShapes(build({ architecture: "resnet18", inputSize: [3, 224, 224] })).map(
      ({ output }) => output,
    );
    expect(outputs).toContainEqual([64, 112, 112]);
    expect(outputs).toContainEqual([64, 56, 56]);
    expect(outputs).toContainEqual([512, 7, 7]);
    expect(outputs).toContainEqual([512, 1, 1]);
    expect(outputs.at(-1)).toEqual([2]);
  });

  for (const inputSize of [
    [1, 80, 96, 80],
    [1, 49, 57, 45],
    [2, 33, 41],
    [1, 1, 2, 3],
  ])
    it(`CAE_half gives back the shape of ${inputSize.join("x")}`, () => {
      const trace = traceShapes(
        build({ architecture: "CAE_half", inputSize, task: "reconstruction", latentSpaceSize: 7 }),
      );
      expect(trace.map(({ output }) => output)).toContainEqual([7]);
      expect(trace.at(-1)?.output).toEqual(inputSize);
    });

  it("CAE_half has the sizes that ClinicaDL writes for half-size images", () => {
    const shapes = new Map(
      parameterSpecs(
        build({ architecture: "CAE_half", inputSize: [1, 80, 96, 80], task: "reconstruction" }),
      ).map(({ name, shape }) => [name, shape]),
    );
    expect(shapes.get("encoder.10.weight")).toEqual([128, 153_600]);
    expect(shapes.get("decoder.0.weight")).toEqual([307_200, 128]);
    expect(shapes.get("decoder.2.weight")).toEqual([256, 128, 3, 3, 3]);
    expect(shapes.get("decoder.8.weight")).toEqual([64, 1, 3, 3, 3]);
    expect(shapes.has("encoder.0.bias")).toBe(false);
  });

  it("CAE_half has ClinicaDL's activations: 0.2 of what is negative on the way in, nothing of it on the way out", () => {
    const network = build({ architecture: "CAE_half", inputSize: [1, 24, 24], task: "reconstruction" });
    const activations = traceShapes(network).flatMap(({ layer }) =>
      layer.kind === "LeakyReLU" || layer.kind === "ReLU" ? [layer] : [],
    );
    const leaky = { kind: "LeakyReLU", negativeSlope: 0.2 };
    const relu = { kind: "ReLU" };
    expect(activations).toEqual([leaky, leaky, leaky, relu, relu, relu]);
  });

  it("builds every entry for every task and number of dimensions that it declares", () => {
    for (const architecture of ARCHITECTURES)
      for (const task of ZOO[architecture].tasks)
        for (const dimensions of ZOO[architecture].dimensions) {
          const channels = ZOO[architecture].channels ?? 1;
          const inputSize = [channels, ...Array.from({ length: dimensions }, () => 40)];
          const network = build({ architecture, inputSize, task, outputSize: 4 });
          expect(network.architecture).toBe(architecture);
          expect(traceShapes(network).at(-1)?.output).toEqual(task === "reconstruction" ? inputSize : [4]);
        }
  });
});
