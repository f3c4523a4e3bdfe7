import { describe, expect, it } from "vitest";
import type { LayerList } from "../../../src/network/building/customArchitecture";
import { sentenceText } from "../../../src/network/sentence";
import { build } from "../../../webview/network/request";
import { drawTransposition } from "../../../webview/transposition/draw";
import { COMPACT, type TranspositionWords, WIDE } from "../../../webview/transposition/drawing";
import { otherSide } from "../../../webview/transposition/keys";
import { type Mirrored, mirror, tieOf } from "../../../webview/transposition/model";
import { explain } from "../../../webview/transposition/steps";
import { transpositionStrings } from "../../../webview/transposition/strings";
import { evenLettering } from "../../support/webview/evenLettering";

type Architecture = NonNullable<Parameters<typeof build>[0]["architecture"]>;

function mirrored(architecture: Architecture, inputSize: readonly number[] | null = null): Mirrored {
  const built = build({ architecture, inputSize, outputSize: null }, null, true);
  if (built.kind !== "network") throw new Error(built.problem.detail);
  const found = mirror(built.diagram);
  if (found === null) throw new Error("not made by transposition");
  return found;
}

const english = (key: keyof typeof transpositionStrings, ...args: (string | number)[]) =>
  sentenceText({ template: transpositionStrings[key], values: args });

const words: TranspositionWords = {
  encoder: "Encoder",
  decoder: "Decoder",
  input: "Input",
  output: "Reconstruction",
  code: "Code",
  indices: "indices",
  padding: (planes) => `padding ${planes}`,
  noPadding: "padding 0",
  exchange: "changed places",
  resized: (from, to) => `${from} to ${to}`,
  copied: "copy",
  identity: "identity",
  join: (join) => join,
  layerLabel: (...parts) => parts.join("; "),
};

describe("mirror", () => {
  it("puts the layers of encoder and decoder face to face, the last beside the first", () => {
    const rows = mirrored("Conv5_FC3").bands.flat();
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatchObject({ encoder: { path: "encoder.0" }, decoder: { path: "decoder.19" } });
    expect(rows[3]).toMatchObject({
      encoder: { kind: "PadMaxPool" },
      decoder: { kind: "CropMaxUnpool" },
    });
    expect(mirrored("Conv5_FC3").bands).toHaveLength(5);
  });

  it("knows which autoencoders were not made by transposition", () => {
    const built = build({ architecture: "CAE_half", inputSize: null, outputSize: null }, null, true);
    expect(built.kind === "network" ? mirror(built.diagram) : undefined).toBeNull();
  });
});

describe("the explanation", () => {
  it("has the steps that Conv5_FC3 needs, in the order in which it is transposed", () => {
    expect(explain(mirrored("Conv5_FC3"), english).map(({ id }) => id)).toEqual([
      "start",
      "reverse",
      "Conv -> ConvTranspose",
      "PadMaxPool -> CropMaxUnpool",
      "copy",
      "exchange",
      "resize",
      "indices",
      "padding",
      "result",
    ]);
  });

  it("leaves out what a network does not have", () => {
    const ids = explain(mirrored("Stride_Conv5_FC3"), english).map(({ id }) => id);
    expect(ids).not.toContain("indices");
    expect(ids).not.toContain("PadMaxPool -> CropMaxUnpool");
    expect(ids).toContain("exchange");
  });

  it("does not speak of padding where every size is even", () => {
    const ids = explain(mirrored("Conv5_FC3", [1, 64, 64, 64]), english).map(({ id }) => id);
    expect(ids).toContain("indices");
    expect(ids).not.toContain("padding");
  });

  it("shows both sides of the layers that changed places", () => {
    const step = explain(mirrored("Conv5_FC3"), english).find(({ id }) => id === "exchange")!;
    expect(step.layers).toContain("encoder.0");
    expect(step.layers).toContain("decoder.17");
    expect(step.layers).not.toContain("encoder.1");
    expect(step.ties.size).toBe(10);
  });

  it("says the sizes of this network", () => {
    const [start] = explain(mirrored("Conv5_FC3"), english);
    expect(start!.text).toContain("1 @ 169 × 208 × 179");
    expect(start!.text).toContain("128 @ 6 × 7 × 6");
  });
});

describe("drawTransposition", () => {
  it("draws every tie, the ways of indices and padding, the exchanges and the new sizes", () => {
    const { markup } = drawTransposition(mirrored("Conv5_FC3"), null, null, words, evenLettering);
    expect(markup.match(/class="tie/g)).toHaveLength(20);
    expect(markup.match(/class="travel indices/g)).toHaveLength(5);
    expect(markup.match(/class="travel planes/g)).toHaveLength(5);
    expect(markup.match(/class="exchange"/g)).toHaveLength(5);
    expect(markup).toContain(">padding +1 x, +1 z<");
    expect(markup).toContain(">128 to 64<");
  });

  it("has no more room between its sides than the words of a rule need, and is narrower for a part of a window", () => {
    const { middle, inner, ...wide } = WIDE;
    expect(inner.to - inner.from).toBeLessThan(wide.left.width);
    expect(middle - inner.from).toBe(inner.to - middle);
    const drawn = drawTransposition(mirrored("Conv5_FC3"), null, null, words, evenLettering, COMPACT);
    expect(drawn.width).toBeLessThan(0.8 * wide.width);
    expect(drawn.items).toHaveLength(
      drawTransposition(mirrored("Conv5_FC3"), null, null, words, evenLettering).items.length,
    );
  });

  it("shows only what its step speaks of", () => {
    const network = mirrored("Conv5_FC3");
    const step = explain(network, english).find(({ id }) => id === "indices")!;
    const { markup } = drawTransposition(network, step, null, words, evenLettering);
    expect(markup.match(/class="travel indices/g)).toHaveLength(5);
    expect(markup).not.toContain("travel planes");
    expect(markup).not.toContain('class="exchange"');
    expect(markup.match(/layer pooling framed"/g)).toHaveLength(10);
    expect(markup.match(/layer convolution faded"/g)).toHaveLength(10);
  });

  it("names the rule of the selected layer and marks both ends", () => {
    const { markup } = drawTransposition(mirrored("Conv5_FC3"), null, "decoder.17", words, evenLettering);
    expect(markup).toContain(">Conv → ConvTranspose<");
    expect(markup.match(/layer convolution selected"/g)).toHaveLength(2);
  });

  it("lists the layers in the order in which they run", () => {
    const { items } = drawTransposition(mirrored("Conv5_FC3"), null, null, words, evenLettering);
    expect(items.map(({ id }) => id)).toEqual([
      ...Array.from({ length: 20 }, (_, i) => `encoder.${i}`),
      ...Array.from({ length: 20 }, (_, i) => `decoder.${i}`),
    ]);
  });
});

describe("keys", () => {
  const network = mirrored("Conv5_FC3");

  it.each([
    ["ArrowDown", null, "encoder.0"],
    ["ArrowDown", "encoder.3", "encoder.4"],
    ["ArrowDown", "decoder.19", "decoder.18"],
    ["ArrowUp", "decoder.18", "decoder.19"],
    ["ArrowRight", "encoder.3", "decoder.16"],
    ["ArrowLeft", "decoder.16", "encoder.3"],
    ["End", "encoder.3", "encoder.19"],
    ["Tab", "encoder.3", null],
  ])("%s on %s leads to %s", (key, from, to) => {
    expect(otherSide(key, network, from)).toBe(to);
  });
});

describe("a residual block in an autoencoder", () => {
  const residual = (() => {
    const architecture: LayerList = {
      convolutions: [
        { layer: "ResidualBlock", out_channels: 4, stride: 1 },
        { layer: "PadMaxPool", kernel_size: 2 },
      ],
      fc: [{ layer: "Flatten" }, { layer: "Linear", bias: true }],
    };
    const source = {
      name: "residual.experiment.json",
      architecture,
      inputSize: [4, 9, 9, 9],
      outputSize: 2,
      dropout: 0,
      latentSpaceSize: 8,
      task: "reconstruction",
      layout: "gyrus",
    } as const;
    const built = build({ architecture: null, inputSize: null, outputSize: null }, source, true);
    if (built.kind !== "network") throw new Error(built.problem.detail);
    return mirror(built.diagram)!;
  })();
  const inner = "encoder.0.conv1";

  it("is drawn with its ways on both sides", () => {
    const { markup, items } = drawTransposition(residual, null, null, words, evenLettering);
    expect(markup.match(/class="sum"/g)).toHaveLength(2);
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([inner, "decoder.1.conv1"]));
  });

  it("goes upwards in the decoder, as its flow does", () => {
    const { items } = drawTransposition(residual, null, null, words, evenLettering);
    const top = (id: string) => items.find((item) => item.id === id)!.top;
    expect(top("encoder.0.conv1")).toBeLessThan(top("encoder.0.bn2"));
    expect(top("decoder.1.conv1")).toBeGreaterThan(top("decoder.1.bn2"));
    const inFlow = items.map(({ id }) => id);
    expect(inFlow.indexOf("decoder.1.conv1")).toBeLessThan(inFlow.indexOf("decoder.1.bn2"));
  });

  it("has a tie, which its layers share", () => {
    expect(tieOf(residual, inner)).toBe(tieOf(residual, "encoder.0"));
    const { markup } = drawTransposition(residual, null, inner, words, evenLettering);
    expect(markup).toMatch(/class="tie chosen ?"/);
    const selected = markup.match(/data-item="([^"]+)"[^>]*aria-selected="true"/g);
    expect(selected).toHaveLength(1);
  });

  it("is walked through layer by layer, and left for the same row of the other side", () => {
    expect(otherSide("ArrowRight", residual, inner)).toBe("decoder.1.bn2");
    expect(otherSide("ArrowDown", residual, "decoder.1.bn2")).toBe("decoder.1.conv2");
    expect(otherSide("ArrowLeft", residual, "decoder.1.bn2")).toBe(inner);
    expect(otherSide("ArrowDown", residual, inner)).toBe("encoder.0.bn1");
    expect(otherSide("ArrowDown", residual, "encoder.0.bn2")).toBe("encoder.1");
    expect(otherSide("ArrowUp", residual, "encoder.1")).toBe("encoder.0.bn2");
    expect(otherSide("ArrowDown", residual, "encoder.0")).toBe("encoder.0.bn1");
    expect(otherSide("End", residual, "decoder.0")).toBe("decoder.0");
    const { items } = drawTransposition(residual, null, null, words, evenLettering);
    expect(items.map(({ id }) => id)).toContain(otherSide("ArrowRight", residual, "encoder.0"));
  });

  it("stands out in a step with its layers", () => {
    const steps = explain(residual, english);
    const copied = steps.find(({ id }) => id === "copy")!;
    const { markup } = drawTransposition(residual, copied, null, words, evenLettering);
    const layer = (path: string) =>
      markup.match(new RegExp(`class="([^"]*)"[^>]*data-item="${path.replaceAll(".", "\\.")}"`))?.[1];
    expect(layer(inner)).not.toContain("faded");
    expect(layer("encoder.1")).toContain("faded");
  });
});
