import { describe, expect, it } from "vitest";
import type { DiagramNode } from "../../../src/network/diagram";
import { allNodes } from "../../../webview/architecture/model";
import { type Fork, forkOf } from "../../../webview/network/drawing/fork";
import { columnsOf, heightOf, waysHeight } from "../../../webview/network/drawing/graphLayout";
import { GraphPen } from "../../../webview/network/drawing/graphPen";
import { ROW_HEIGHT } from "../../../webview/network/drawing/row";
import { build } from "../../../webview/network/request";
import { evenLettering } from "../../support/webview/evenLettering";

function nodesOf(architecture: "resnet18" | "Conv5_FC3"): readonly DiagramNode[] {
  const built = build({ architecture, inputSize: null, outputSize: null }, null, false);
  if (built.kind !== "network") throw new Error(built.problem.detail);
  return allNodes(built.diagram);
}
const resnet = nodesOf("resnet18");
const blocks = resnet.filter(({ kind }) => kind === "ResidualBlock");
const layer = resnet[0]!;

const pen = (selected: string | null = null) =>
  new GraphPen({
    lettering: evenLettering,
    selected,
    label: ({ label }) => label,
    states: () => [],
    identity: "identity",
    join: (join) => `<${join}>`,
  });

describe("a fork", () => {
  it("is a residual block with its two ways, the body last", () => {
    expect(blocks.map((block) => forkOf(block)!.ways.map((way) => way.length))).toEqual(
      [0, 0, 2, 0, 2, 0, 2, 0].map((shortcut) => [shortcut, 5]),
    );
    expect(forkOf(layer)).toBeNull();
  });

  it("is as high as its longest way with what leads into and out of it", () => {
    expect(heightOf(layer)).toBe(ROW_HEIGHT);
    expect(waysHeight(forkOf(blocks[0]!)!)).toBe(5 * ROW_HEIGHT);
    expect(heightOf(blocks[0]!)).toBeGreaterThan(6 * ROW_HEIGHT);
  });

  it("has a column for each way, beside each other and within its room", () => {
    for (const ways of [[[layer]], [[], [layer]], [[], [layer], [layer, layer]]]) {
      const fork: Fork = { ways, join: "add", after: null };
      const columns = columnsOf(fork, { x: 100, width: 390 });
      expect(columns).toHaveLength(ways.length);
      expect(columns[0]!.x).toBeGreaterThanOrEqual(100);
      for (const [i, { x, width }] of columns.entries()) {
        expect(width).toBeGreaterThan(60);
        expect(x + width).toBeLessThan(columns[i + 1]?.x ?? 100 + 390);
        expect(width).toBeLessThanOrEqual(columns.at(-1)!.width);
      }
    }
  });
});

describe("GraphPen", () => {
  it("draws a layer as one row that can be selected", () => {
    const graph = pen(layer.path);
    const items = graph.layer(layer, { x: 0, y: 40, width: 300 }, 2);
    expect(items).toMatchObject([{ id: layer.path, level: 2, top: 40, height: ROW_HEIGHT }]);
    expect(graph.middleOf(layer.path)).toBe(40 + ROW_HEIGHT / 2);
    expect(graph.markup).toContain('aria-selected="true"');
  });

  it("draws the layers of both ways, the longest first, between where they part and where they meet", () => {
    const block = blocks[2]!;
    const graph = pen();
    const items = graph.layer(block, { x: 0, y: 0, width: 390 }, 3);
    expect(items.map(({ id }) => id)).toEqual(block.nested.map(({ path }) => path));
    for (const { top, height } of items) {
      expect(top).toBeGreaterThan(0);
      expect(top + height).toBeLessThan(heightOf(block));
    }
    expect(graph.markup.match(/class="shortcut"/g)).toHaveLength(1);
    expect(graph.markup).toContain("&#60;add&#62;");
    expect(graph.markup).not.toContain(">identity<");
    expect(graph.middleOf(block.path)).toBe(heightOf(block) / 2);
  });

  it("puts what lies below under what was drawn before it", () => {
    const graph = pen();
    graph.put("<above/>");
    graph.putBelow("<below/>");
    expect(graph.markup).toBe("<below/><above/>");
  });
});
