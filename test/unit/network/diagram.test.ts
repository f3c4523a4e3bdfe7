import { describe, expect, it } from "vitest";
import { buildNetwork, type NetworkRequest } from "../../../src/network/building/build";
import { diagramOf } from "../../../src/network/drawing/diagram";
import { countParameters } from "../../../src/network/weights/parameters";

const build = (architecture: string, request: Partial<NetworkRequest> = {}) =>
  buildNetwork({
    architecture,
    inputSize: [1, 169, 208, 179],
    outputSize: 2,
    dropout: 0.5,
    latentSpaceSize: 8,
    task: /^C?AE_/.test(architecture) ? "reconstruction" : "classification",
    ...request,
  });

describe("diagramOf a CNN", () => {
  const network = build("Conv5_FC3");
  const diagram = diagramOf(network);

  it("groups blocks that repeat", () => {
    const groups = diagram.parts.map(({ name, groups }) => [
      name,
      groups.map(({ label, blocks }) => `${label} x ${blocks.length}`),
    ]);
    expect(groups).toEqual([
      ["convolutions", ["Conv, BatchNorm, ReLU, PadMaxPool x 5"]],
      ["fc", ["Flatten, Dropout x 1", "Linear, ReLU x 2", "Linear x 1"]],
    ]);
  });

  it("says for each group where it begins and ends and how much it learns", () => {
    const [convolutions] = diagram.parts[0]!.groups;
    expect(convolutions).toMatchObject({ input: [1, 169, 208, 179], output: [128, 6, 7, 6] });
    const total = diagram.parts
      .flatMap(({ groups }) => groups)
      .reduce((sum, { parameters }) => sum + parameters, 0);
    expect(total).toBe(countParameters(network));
    expect(diagram).toMatchObject({
      parameters: total,
      outputSize: [2],
      family: "cnn",
      architecture: "Conv5_FC3",
    });
    expect(diagram.transposition).toBeUndefined();
  });

  it("writes beside each layer what it is and what it adds", () => {
    const [conv, norm, , pool] = diagram.parts[0]!.groups[0]!.blocks[0]!.nodes;
    expect(conv).toMatchObject({
      path: "convolutions.0",
      kind: "Conv",
      label: "Conv3d(1, 8, kernel_size=(3, 3, 3), stride=(1, 1, 1), padding=(1, 1, 1))",
      parameters: 224,
      receptiveField: { size: [3, 3, 3], jump: [1, 1, 1] },
    });
    expect(conv?.attributes.map(({ name, value }) => `${name} ${value}`)).toEqual([
      "channels 1 → 8",
      "kernel 3 × 3 × 3",
      "stride 1 × 1 × 1",
      "padding 1 × 1 × 1",
      "bias yes",
    ]);
    expect(norm?.padding).toBeUndefined();
    expect(pool?.padding).toEqual({ before: [1, 0, 1], voxels: 170 * 208 * 180 - 169 * 208 * 179 });
  });

  it("keeps blocks of different settings apart and shows what is inside a residual block", () => {
    const resnet = diagramOf(build("resnet18", { inputSize: [3, 224, 224] }));
    const groups = resnet.parts[0]!.groups;
    expect(groups.map(({ label, blocks }) => `${label} x ${blocks.length}`)).toEqual([
      "Conv, BatchNorm, ReLU, MaxPool x 1",
      "ResidualBlock x 2",
      "ResidualBlock x 1",
      "ResidualBlock x 1",
      "ResidualBlock x 1",
      "ResidualBlock x 1",
      "ResidualBlock x 1",
      "ResidualBlock x 1",
      "AdaptiveAvgPool x 1",
    ]);
    const [downsampling] = groups[2]!.blocks[0]!.nodes;
    expect(downsampling?.fork?.branches.flat().map(({ path }) => path)).toContain(
      "convolutions.5.0.downsample.1",
    );
  });
});

describe("diagramOf an autoencoder", () => {
  const diagram = diagramOf(build("AE_Conv5_FC3", { inputSize: [1, 25, 31, 28] }));
  const transposition = diagram.transposition!;

  it("groups the blocks of both sides", () => {
    expect(
      diagram.parts.map(({ groups }) => groups.map(({ label, blocks }) => `${label} x ${blocks.length}`)),
    ).toEqual([
      ["Conv, BatchNorm, ReLU, PadMaxPool x 5"],
      ["CropMaxUnpool, ConvTranspose, BatchNorm, ReLU x 5"],
    ]);
    expect(diagram.outputSize).toEqual(diagram.inputSize);
  });

  it("sets the layers face to face", () => {
    expect(transposition.rows).toHaveLength(20);
    expect(transposition.rows[0]).toEqual({ encoder: "encoder.0", decoder: "decoder.19" });
    expect(transposition.rows[19]).toEqual({ encoder: "encoder.19", decoder: "decoder.0" });
  });

  it("ties each convolution across the exchange to its own transposition", () => {
    expect(transposition.ties.find(({ encoder }) => encoder === "encoder.0")).toMatchObject({
      decoder: "decoder.17",
      rule: "Conv -> ConvTranspose",
      exchangedWith: "decoder.19",
    });
    expect(transposition.exchanges).toHaveLength(5);
    expect(transposition.exchanges).toContainEqual({ convolution: "decoder.17", activation: "decoder.19" });
  });

  it("shows the indices and the padding on their way from pool to unpool", () => {
    expect(transposition.travels).toEqual([
      { pool: "encoder.19", unpool: "decoder.0", padding: [0, 0, 0] },
      { pool: "encoder.15", unpool: "decoder.4", padding: [0, 0, 0] },
      { pool: "encoder.11", unpool: "decoder.8", padding: [1, 0, 1] },
      { pool: "encoder.7", unpool: "decoder.12", padding: [1, 0, 0] },
      { pool: "encoder.3", unpool: "decoder.16", padding: [1, 1, 0] },
    ]);
  });

  it("knows ClinicaDL's 2D layout by its layers", () => {
    const plane = diagramOf(build("AE_Conv5_FC3", { inputSize: [1, 33, 41], layout: "clinicadl" }));
    expect(plane.transposition?.exchanges).toEqual([]);
    expect(plane.parts[1]?.groups.map(({ label }) => label)).toEqual([
      "CropMaxUnpool, ReLU, BatchNorm, ConvTranspose",
    ]);
  });

  it("has no face-to-face rows for an autoencoder that is no transposition", () => {
    const latent = diagramOf(build("CAE_half", { inputSize: [1, 20, 20], task: "reconstruction" }));
    expect(latent.transposition).toBeUndefined();
  });
});
