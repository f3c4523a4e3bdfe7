/** Layers made of PyTorch's own arguments, against what PyTorch says of them: shape, state dict and text. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { layerListSchema } from "../../../src/experiment/schema/customArchitecture";
import { customCnn } from "../../../src/network/building/custom";
import type { CustomLayerKind } from "../../../src/network/building/customArchitecture";
import { layerText } from "../../../src/network/drawing/layerText";
import { LAYERS, type Layer } from "../../../src/network/layer";
import { sentenceText } from "../../../src/network/sentence";
import { outputShape } from "../../../src/network/shapes/shape";
import { layerSpecs } from "../../../src/network/weights/parameters";
import { describeWithReference, reference } from "../../support/reference";

interface GoldenLayer {
  readonly name: string;
  readonly module: string;
  readonly repr: string;
  readonly x_shape: readonly number[];
  readonly y_shape: readonly number[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly state_dict: Readonly<Record<string, readonly number[]>>;
  readonly parameters: readonly string[];
}

/** Number of cases of each kind that an experiment file can ask for. */
const CASES: { readonly [Kind in CustomLayerKind]?: number } = {
  Conv: 4,
  GroupNorm: 2,
  InstanceNorm: 2,
  AvgPool: 4,
  ELU: 1,
  GELU: 1,
  SiLU: 1,
};
/** What the input says, or what Gyrus has a single form of. */
const IMPLIED = ["in_channels", "num_channels", "approximate"];

const GOLDEN = "golden/i_layers.json";

describeWithReference("layers of an experiment file against PyTorch's", [GOLDEN], () => {
  const golden: readonly GoldenLayer[] = JSON.parse(readFileSync(reference(GOLDEN), "utf8")).layers;
  const kindOf = ({ module }: GoldenLayer) => module.replace(/[23]d$/, "");
  const isCase = (one: GoldenLayer) => kindOf(one) in CASES && one.settings.approximate !== "tanh";

  it("are as many as are expected", () => {
    const kinds = golden.filter(isCase).map(kindOf);
    const counted = kinds.map((kind) => [kind, kinds.filter((other) => other === kind).length]);
    expect(Object.fromEntries(counted)).toEqual(CASES);
  });

  for (const one of golden.filter(isCase))
    it(`${one.name}: ${one.repr}`, () => expectPyTorch(ownLayer(kindOf(one), one), one));

  for (const one of golden.filter(({ module }) => module.startsWith("ConvTranspose")))
    it(`${one.name}: ${one.repr}`, () => expectPyTorch(convTranspose(one), one));
});

function expectPyTorch(layer: Layer, one: GoldenLayer): void {
  const specs = layerSpecs(layer, "layer");
  const byName = (names: typeof specs) => names.map(({ name }) => name.replace("layer.", ""));
  expect(outputShape(layer, one.x_shape.slice(1))).toEqual(one.y_shape.slice(1));
  expect(layerText(layer)).toBe(printed(one));
  expect(Object.fromEntries(specs.map(({ name, shape }) => [name.replace("layer.", ""), shape]))).toEqual(
    one.state_dict,
  );
  expect(byName(specs.filter(({ kind }) => kind === "parameter"))).toEqual(one.parameters);
}

/** PyTorch's pools print a size as it was typed, Gyrus one number for all axes wherever one is enough. */
function printed({ module, repr }: GoldenLayer): string {
  return module.startsWith("AvgPool") ? repr.replace(/\((\d+)(?:, \1)+\)/g, "$1") : repr;
}

function ownLayer(kind: string, { settings, x_shape }: GoldenLayer): Layer {
  const options = Object.entries(settings).filter(([name]) => !IMPLIED.includes(name));
  const list = layerListSchema.parse({ convolutions: [{ layer: kind, ...Object.fromEntries(options) }] });
  const { convolutions } = customCnn(list, {
    inputSize: x_shape.slice(1),
    outputSize: 2,
    dropout: 0,
    latentSpaceSize: 1,
    layout: "gyrus",
  });
  return convolutions[0]!.layer;
}

/** Only transposition makes these: from the convolution whose input and output they exchange. */
function convTranspose({ settings, x_shape, y_shape }: GoldenLayer): Layer {
  const { in_channels, out_channels, output_padding: _restored, ...options } = settings;
  const list = layerListSchema.parse({
    convolutions: [{ layer: "Conv", ...options, out_channels: in_channels }],
  });
  const made = LAYERS.Conv.own.make;
  const [custom] = list.convolutions;
  if (custom?.layer !== "Conv") throw new Error("not a convolution");
  const input = y_shape.slice(1);
  const conv = made(custom, { where: "convolutions[0]", input, dropout: 0, answerSize: undefined });
  expect(conv.inChannels).toBe(out_channels);
  return LAYERS.Conv.decoding.transposed(conv, {
    text: layerText(conv),
    input,
    output: x_shape.slice(1),
    refuse: (detail) => {
      throw new Error(sentenceText(detail));
    },
  });
}
