import { describe, expect, it } from "vitest";
import { ArchitectureError } from "../../../src/network/architectureError";
import { layerText } from "../../../src/network/drawing/layerText";
import { networkText } from "../../../src/network/drawing/text";
import { definitionOf, LAYERS, type Layer, type LayerKind, type LayerOf } from "../../../src/network/layer";
import type { Cnn } from "../../../src/network/network";
import { outputShape, traceShapes } from "../../../src/network/shapes/shape";
import { transpose } from "../../../src/network/transpose";
import { initialState } from "../../../src/network/weights/initialise";
import { layerSpecs } from "../../../src/network/weights/parameters";
import { layerCases } from "../../support/engineSuite/layerCases";

interface Facts<Kind extends LayerKind> {
  readonly layer: LayerOf<Kind>;
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** As PyTorch prints it. */
  readonly text: string;
  /** Entries of the state dict with their shapes. */
  readonly state: Readonly<Record<string, readonly number[]>>;
  /** What stands in the decoder of an autoencoder; undefined where there is none. */
  readonly decoded: LayerKind | undefined;
}

const windows = { dimensions: 2, kernel: [2, 2], stride: [2, 2] } as const;
const conv = {
  ...windows,
  inChannels: 4,
  outChannels: 6,
  padding: [1, 0],
  dilation: [2, 1],
  groups: 2,
  bias: true,
} as const;
const norm = { dimensions: 2, channels: 4, epsilon: 1e-5 } as const;
const image = [4, 6, 8] as const;
const ofImage = { input: image, output: image };
const halved = { input: image, output: [4, 3, 4] };

/** One of each kind; the compiler asks for those that are missing. */
const FACTS: { readonly [Kind in LayerKind]: Facts<Kind> } = {
  Conv: {
    layer: { kind: "Conv", ...conv },
    input: image,
    output: [6, 3, 4],
    text: "Conv2d(4, 6, kernel_size=(2, 2), stride=(2, 2), padding=(1, 0), dilation=(2, 1), groups=2)",
    state: { weight: [6, 2, 2, 2], bias: [6] },
    decoded: "ConvTranspose",
  },
  ConvTranspose: {
    layer: { kind: "ConvTranspose", ...conv, outputPadding: [1, 1] },
    input: image,
    output: [6, 12, 17],
    text: "ConvTranspose2d(4, 6, kernel_size=(2, 2), stride=(2, 2), padding=(1, 0), dilation=(2, 1), output_padding=(1, 1), groups=2)",
    state: { weight: [4, 3, 2, 2], bias: [6] },
    decoded: undefined,
  },
  BatchNorm: {
    layer: { kind: "BatchNorm", ...norm, momentum: 0.1 },
    ...ofImage,
    text: "BatchNorm2d(4, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)",
    state: { weight: [4], bias: [4], running_mean: [4], running_var: [4], num_batches_tracked: [] },
    decoded: "BatchNorm",
  },
  GroupNorm: {
    layer: { kind: "GroupNorm", ...norm, groups: 2, affine: true },
    ...ofImage,
    text: "GroupNorm(2, 4, eps=1e-05, affine=True)",
    state: { weight: [4], bias: [4] },
    decoded: "GroupNorm",
  },
  InstanceNorm: {
    layer: { kind: "InstanceNorm", ...norm, affine: false },
    ...ofImage,
    text: "InstanceNorm2d(4, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)",
    state: {},
    decoded: "InstanceNorm",
  },
  ReLU: { layer: { kind: "ReLU" }, ...ofImage, text: "ReLU()", state: {}, decoded: "ReLU" },
  LeakyReLU: {
    layer: { kind: "LeakyReLU", negativeSlope: 0.01 },
    ...ofImage,
    text: "LeakyReLU(negative_slope=0.01)",
    state: {},
    decoded: "LeakyReLU",
  },
  Sigmoid: { layer: { kind: "Sigmoid" }, ...ofImage, text: "Sigmoid()", state: {}, decoded: "Sigmoid" },
  Tanh: { layer: { kind: "Tanh" }, ...ofImage, text: "Tanh()", state: {}, decoded: "Tanh" },
  ELU: {
    layer: { kind: "ELU", alpha: 1 },
    ...ofImage,
    text: "ELU(alpha=1.0)",
    state: {},
    decoded: "ELU",
  },
  GELU: {
    layer: { kind: "GELU" },
    ...ofImage,
    text: "GELU(approximate='none')",
    state: {},
    decoded: "GELU",
  },
  SiLU: { layer: { kind: "SiLU" }, ...ofImage, text: "SiLU()", state: {}, decoded: "SiLU" },
  Dropout: {
    layer: { kind: "Dropout", probability: 0.5 },
    ...ofImage,
    text: "Dropout(p=0.5, inplace=False)",
    state: {},
    decoded: "Dropout",
  },
  MaxPool: {
    layer: { kind: "MaxPool", ...windows, padding: [0, 0] },
    ...halved,
    text: "MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)",
    state: {},
    decoded: "MaxUnpool",
  },
  PadMaxPool: {
    layer: { kind: "PadMaxPool", ...windows },
    ...halved,
    text: "PadMaxPool2d(kernel_size=2, stride=2)",
    state: {},
    decoded: "CropMaxUnpool",
  },
  AvgPool: {
    layer: { kind: "AvgPool", ...windows, padding: [0, 0], countIncludePad: true },
    ...halved,
    text: "AvgPool2d(kernel_size=2, stride=2, padding=0)",
    state: {},
    decoded: undefined,
  },
  MaxUnpool: {
    layer: { kind: "MaxUnpool", ...windows, padding: [0, 0] },
    input: image,
    output: [4, 12, 16],
    text: "MaxUnpool2d(kernel_size=(2, 2), stride=(2, 2), padding=(0, 0))",
    state: {},
    decoded: undefined,
  },
  CropMaxUnpool: {
    layer: { kind: "CropMaxUnpool", ...windows },
    input: image,
    output: [4, 12, 16],
    text: "CropMaxUnpool2d(kernel_size=2, stride=2)",
    state: {},
    decoded: undefined,
  },
  ResidualBlock: {
    layer: {
      kind: "ResidualBlock",
      body: [{ name: "bn1", layer: { kind: "BatchNorm", ...norm, momentum: 0.1 } }],
      shortcut: [{ name: "0", layer: { kind: "GroupNorm", ...norm, groups: 4, affine: true } }],
    },
    ...ofImage,
    text: "ResidualBlock()",
    state: {
      "bn1.weight": [4],
      "bn1.bias": [4],
      "bn1.running_mean": [4],
      "bn1.running_var": [4],
      "bn1.num_batches_tracked": [],
      "downsample.0.weight": [4],
      "downsample.0.bias": [4],
    },
    decoded: "ResidualBlock",
  },
  AdaptiveAvgPool: {
    layer: { kind: "AdaptiveAvgPool", dimensions: 2, outputSize: [1, 2] },
    input: image,
    output: [4, 1, 2],
    text: "AdaptiveAvgPool2d(output_size=(1, 2))",
    state: {},
    decoded: undefined,
  },
  Flatten: {
    layer: { kind: "Flatten" },
    input: image,
    output: [192],
    text: "Flatten(start_dim=1, end_dim=-1)",
    state: {},
    decoded: "Reshape",
  },
  Reshape: {
    layer: { kind: "Reshape", shape: [2, 12, 8] },
    input: image,
    output: [2, 12, 8],
    text: "Reshape()",
    state: {},
    decoded: undefined,
  },
  Linear: {
    layer: { kind: "Linear", inFeatures: 5, outFeatures: 3, bias: true },
    input: [5],
    output: [3],
    text: "Linear(in_features=5, out_features=3, bias=True)",
    state: { weight: [3, 5], bias: [3] },
    decoded: "Linear",
  },
};

const cnnOf = (layer: Layer, inputSize: readonly number[]): Cnn => ({
  family: "cnn",
  architecture: "custom",
  inputSize,
  convolutions: [{ name: "0", layer }],
  fc: [],
});

describe.each(Object.entries(FACTS))("%s", (kind, { layer, input, output, text, state, decoded }) => {
  it("stands under its own name", () => {
    expect(definitionOf(layer).kind).toBe(kind);
  });

  it("has PyTorch's numbers, with which both engines are compared (test/fixtures/engine/layers.py)", () => {
    expect(layerCases.flatMap(({ layers }) => layers.map((one): string => one.kind))).toContain(kind);
  });

  it("makes PyTorch's shape of its input", () => {
    expect(outputShape(layer, input)).toEqual(output);
  });

  it("is printed as PyTorch prints it", () => {
    expect(layerText(layer)).toBe(text);
  });

  it("has PyTorch's entries of the state dict, of which norms begin as the identity", () => {
    const specs = layerSpecs(layer, "0");
    expect(Object.fromEntries(specs.map(({ name, shape }) => [name.slice(2), shape]))).toEqual(state);
    const initial = initialState(cnnOf(layer, input), 1);
    const norms = specs.filter(
      ({ name }) => definitionOf(layer).category === "normalisation" || name.includes("downsample"),
    );
    for (const { name } of norms) {
      const ones = name.endsWith("weight") || name.endsWith("running_var");
      const { data } = initial.get(`convolutions.${name}`)!;
      expect([...data].map(Number), name).toEqual([...data].map(() => (ones ? 1 : 0)));
    }
  });

  // Layers that answer others stand in a network only after those.
  const answers = kind === "MaxUnpool" || kind === "CropMaxUnpool";
  it.skipIf(answers)(decoded === undefined ? "has no transposition" : `is decoded by ${decoded}`, () => {
    const made = () => transpose(cnnOf(layer, input)).autoencoder.decoder.map((one) => one.layer.kind);
    if (decoded === undefined) expect(made).toThrow(ArchitectureError);
    else expect(made()).toEqual([decoded]);
  });
});

it("a pool by means says in an autoencoder what to do instead", () => {
  const { layer, input } = FACTS.AvgPool;
  expect(() => transpose(cnnOf(layer, input))).toThrow(
    "convolutions.0: AvgPool2d(kernel_size=2, stride=2, padding=0) has no transposition: it makes 4@3x4 of 4@6x8 and cannot be undone. Leave it out of the convolutions of an autoencoder, or use Conv, MaxPool or PadMaxPool instead.",
  );
});

it("says in a drawing what is not usual about a layer", () => {
  const briefly = (layer: Layer) =>
    definitionOf(layer)
      .attributes(layer)
      .flatMap(({ brief }) => (brief === "" ? [] : [brief]))
      .join(", ");
  expect(briefly(FACTS.Conv.layer)).toBe("4 → 6, 2×2, stride 2, pad 1 × 0, dilation 2 × 1, groups 2");
  expect(briefly({ ...FACTS.Conv.layer, stride: [1, 1], dilation: [1, 1], groups: 1 })).toBe(
    "4 → 6, 2×2, pad 1 × 0",
  );
  expect(briefly(FACTS.GroupNorm.layer)).toBe("groups 2, 4");
});

describe("branches", () => {
  const block = FACTS.ResidualBlock;
  const network = cnnOf(block.layer, block.input);

  it("are traced side by side, and their layers know where they stand", () => {
    const [traced] = traceShapes(network);
    expect(traced?.join).toBe("add");
    expect(traced?.nested.map(({ path, branch }) => [path, branch])).toEqual([
      ["convolutions.0.bn1", "body"],
      ["convolutions.0.downsample.0", "shortcut"],
    ]);
  });

  it("are printed as torchvision's modules", () => {
    expect(networkText(network)).toContain(
      [
        "    (0): BasicBlock(",
        "      (bn1): BatchNorm2d(4, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)",
        "      (downsample): Sequential(",
        "        (0): GroupNorm(4, 4, eps=1e-05, affine=True)",
        "      )",
        "    )",
      ].join("\n"),
    );
  });
});

describe("layers of one's own", () => {
  it("are all but those that only a decoder has", () => {
    const others = Object.values(LAYERS).flatMap(({ kind, own }) => (own === undefined ? [kind] : []));
    expect(others).toEqual(["ConvTranspose", "MaxUnpool", "CropMaxUnpool", "Reshape"]);
  });
});
