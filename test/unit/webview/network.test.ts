import { describe, expect, it } from "vitest";
import type { DiagramNode } from "../../../src/network/drawing/diagram";
import { collapsible, drawArchitecture } from "../../../webview/architecture/draw";
import type { DrawingWords } from "../../../webview/architecture/drawing";
import { allNodes, architectureCsv, search } from "../../../webview/architecture/model";
import {
  grouped,
  layerName,
  paddingWords,
  settingsWords,
  shapeWords,
  short,
} from "../../../webview/network/drawing/describe";
import { fitted } from "../../../webview/network/drawing/lettering";
import { type TreeItem, treeKey } from "../../../webview/network/drawing/treeItem";
import { drawBody, scaleFor } from "../../../webview/network/drawing/volume";
import { build, requestOf } from "../../../webview/network/request";
import { useTranslations } from "../../../webview/shared/text";
import { evenLettering } from "../../support/webview/evenLettering";

const words: DrawingWords = {
  part: (name) => name,
  block: (number) => `Block ${number}`,
  blocksOf: (count, label) => `${count} blocks of ${label}`,
  input: "Input",
  output: "Output",
  columns: {
    featureMaps: "Feature maps",
    layers: "Layers",
    output: "Output",
    parameters: "Parameters",
    receptiveField: "Receptive field",
  },
  wholeInput: "all",
  identity: "identity",
  join: (join) => `join: ${join}`,
  layerLabel: (...parts) => parts.join("; "),
  blockLabel: (...parts) => parts.join("; "),
  partLabel: (...parts) => parts.join("; "),
};

type Architecture = NonNullable<Parameters<typeof build>[0]["architecture"]>;

function diagramFor(architecture: Architecture, inputSize: readonly number[] | null = null) {
  const built = build({ architecture, inputSize, outputSize: null }, null, false);
  if (built.kind !== "network") throw new Error(built.problem.detail);
  return built.diagram;
}

const nothing = { collapsed: new Set<string>(), selected: null, found: null };
const layer = (architecture: Architecture, path: string): DiagramNode =>
  allNodes(diagramFor(architecture)).find((node) => node.path === path)!;

describe("a request for a network", () => {
  it("takes from its source what the user did not choose", () => {
    const source = {
      name: "ad.experiment.json",
      architecture: "Conv4_FC3",
      inputSize: [1, 50, 50, 50],
      outputSize: 3,
      dropout: 0.5,
      latentSpaceSize: 64,
      task: "classification",
      layout: "gyrus",
    } as const;
    const chosen = { architecture: null, inputSize: [1, 60, 60, 60], outputSize: null };
    expect(requestOf(chosen, source, false)).toMatchObject({
      architecture: "Conv4_FC3",
      inputSize: [1, 60, 60, 60],
      outputSize: 3,
      dropout: 0.5,
    });
  });

  it("does not give the sizes of its source to another network", () => {
    const chosen = { architecture: "resnet18", inputSize: null, outputSize: null } as const;
    expect(requestOf(chosen, null, false)).toMatchObject({ inputSize: [3, 208, 179], outputSize: 2 });
  });

  it("says what is wrong with a size and what to do", () => {
    const built = build(
      { architecture: "Conv5_FC3", inputSize: [1, 0, 2, 2], outputSize: null },
      null,
      false,
    );
    expect(built).toMatchObject({
      kind: "problem",
      problem: { where: "input size", detail: "1@0x2x2 is not the size of an image." },
    });
  });

  it("says it in the language of the editor", () => {
    useTranslations({ "{0} is not the size of an image.": "{0} n’est pas la taille d’une image." });
    const choice = { architecture: "Conv5_FC3", inputSize: [1, 0, 2, 2], outputSize: null } as const;
    const built = build(choice, null, false);
    useTranslations({});
    expect(built).toMatchObject({ problem: { detail: "1@0x2x2 n’est pas la taille d’une image." } });
  });
});

describe("layers in words", () => {
  it("name them as PyTorch does", () => {
    expect(layerName(layer("Conv5_FC3", "convolutions.0"))).toBe("Conv3d");
    expect(layerName(layer("Conv5_FC3", "fc.3"))).toBe("ReLU");
  });

  it("say what is not usual, and the zeros of adaptive padding axis by axis", () => {
    expect(settingsWords(layer("Conv5_FC3", "convolutions.0"))).toBe("1 → 8, 3×3×3, pad 1");
    expect(settingsWords(layer("Stride_Conv5_FC3", "convolutions.0"))).toBe("1 → 8, 3×3×3, stride 2, pad 1");
    expect(settingsWords(layer("Conv5_FC3", "convolutions.3"))).toBe("2×2×2, stride 2, +1 x, +1 z");
    expect(paddingWords([0, 0, 0])).toBe("");
    expect(paddingWords([1, 0])).toBe("+1 rows");
  });

  it("write shapes and numbers", () => {
    expect(shapeWords([8, 85, 104, 90])).toBe("8 @ 85 × 104 × 90");
    expect(shapeWords([32256])).toBe("32\u202f256");
    expect([224, 13856, 42293972].map(short)).toEqual(["224", "13.9 k", "42.3 M"]);
    expect(grouped(1234567)).toBe("1\u202f234\u202f567");
  });
});

describe("a text that must fit", () => {
  it.each([
    [70, "1 → 8, 3×3"],
    [69, "1 → 8, 3…"],
    [21, "1…"],
    [14, "1…"],
    [13, ""],
  ])("is cut to %i pixels: %s", (room, shown) => {
    expect(fitted("1 → 8, 3×3", "settings", room, evenLettering)).toBe(shown);
  });
});

describe("feature maps", () => {
  const scale = scaleFor([[1, 100, 100, 100]], 80);

  it("are drawn smaller the smaller they are", () => {
    expect(scale(100)).toBe(80);
    expect(scale(50)).toBeLessThan(80);
    expect(drawBody([1, 50, 50, 50], 0, 0, scale, evenLettering).height).toBeLessThan(
      drawBody([1, 100, 100, 100], 0, 0, scale, evenLettering).height,
    );
  });

  it("show a slab for each axis that is padded, and none for the others", () => {
    const slabs = (before: readonly number[]) =>
      drawBody([8, 50, 50, 50], 0, 0, scale, evenLettering, before).markup.match(/class="zeros[^"]* front"/g)
        ?.length ?? 0;
    expect([slabs([0, 0, 0]), slabs([1, 0, 0]), slabs([1, 0, 1]), slabs([1, 1, 1])]).toEqual([0, 1, 2, 3]);
  });
});

describe("drawArchitecture", () => {
  it("has an item for every layer, in their order", () => {
    const diagram = diagramFor("Conv5_FC3");
    const ids = drawArchitecture(diagram, nothing, words, evenLettering).items.map(({ id }) => id);
    expect(ids.filter((id) => id.includes("."))).toEqual(allNodes(diagram).map(({ path }) => path));
    expect(ids.filter((id) => !id.includes("/") && !id.includes("."))).toEqual(["convolutions", "fc"]);
  });

  it("shows a closed group as one line", () => {
    const diagram = diagramFor("Conv5_FC3");
    const closed = { ...nothing, collapsed: new Set(["convolutions/0"]) };
    const { items, height } = drawArchitecture(diagram, closed, words, evenLettering);
    expect(items.find(({ id }) => id === "convolutions/0")).toMatchObject({ expanded: false });
    expect(items.some(({ id }) => id.startsWith("convolutions."))).toBe(false);
    expect(height).toBeLessThan(drawArchitecture(diagram, nothing, words, evenLettering).height);
    const all = { ...nothing, collapsed: new Set(collapsible(diagram)) };
    expect(
      drawArchitecture(diagram, all, words, evenLettering).items.some(({ id }) => id.includes(".")),
    ).toBe(false);
  });

  it("draws the shortcuts of ResNet: with their layers, or as the identity", () => {
    const { markup, items } = drawArchitecture(diagramFor("resnet18"), nothing, words, evenLettering);
    expect(markup.match(/class="sum"/g)).toHaveLength(8);
    expect(markup.match(/>identity</g)).toHaveLength(5);
    expect(items.filter(({ id }) => id.includes(".downsample."))).toHaveLength(6);
  });

  it("marks what a search found and fades the others", () => {
    const diagram = diagramFor("Conv5_FC3");
    const found = search(diagram, "conv3d 32");
    expect(found).toEqual(new Set(["convolutions.8", "convolutions.12"]));
    const { markup } = drawArchitecture(diagram, { ...nothing, found }, words, evenLettering);
    expect(markup.match(/layer convolution found/g)).toHaveLength(2);
    expect(search(diagram, "  ")).toBeNull();
  });

  it("escapes what stands in it", () => {
    const sly = { ...words, block: () => "<script>alert(1)</script>" };
    const { markup } = drawArchitecture(diagramFor("Conv5_FC3"), nothing, sly, evenLettering);
    expect(markup).not.toContain("<script>");
  });
});

describe("architectureCsv", () => {
  it("holds a row for each layer with its shapes, parameters and padding", () => {
    const rows = architectureCsv(diagramFor("Conv5_FC3")).split("\n");
    expect(rows).toHaveLength(1 + 27 + 1);
    expect(rows[4]).toBe(
      'convolutions.3,PadMaxPool,"PadMaxPool3d(kernel_size=2, stride=2)",8x169x208x179,8x85x104x90,0,4x4x4,1x0x1',
    );
  });
});

describe("treeKey", () => {
  const item = (id: string, level: number, expanded: boolean | null): TreeItem => ({
    id,
    level,
    label: id,
    expanded,
    top: 0,
    height: 0,
  });
  const items = [
    item("part", 1, null),
    item("block", 2, true),
    item("layer", 3, null),
    item("closed", 2, false),
  ];

  it.each([
    ["ArrowDown", null, { select: "part" }],
    ["ArrowDown", "block", { select: "layer" }],
    ["ArrowUp", "block", { select: "part" }],
    ["ArrowLeft", "layer", { select: "block" }],
    ["ArrowLeft", "block", { toggle: "block" }],
    ["ArrowRight", "block", { select: "layer" }],
    ["ArrowRight", "closed", { toggle: "closed" }],
    ["Enter", "closed", { toggle: "closed" }],
    ["Enter", "layer", {}],
    ["End", "part", { select: "closed" }],
    ["x", "part", {}],
  ])("%s on %s", (key, selected, wanted) => {
    expect(treeKey(key, items, selected)).toEqual(wanted);
  });
});
