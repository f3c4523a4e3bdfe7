import { describe, expect, it } from "vitest";
import type { DiagramFork, DiagramNode } from "../../../src/network/drawing/diagram";
import { allNodes } from "../../../webview/architecture/model";
import { branchesHeight, columnsOf, heightOf, waysOf } from "../../../webview/network/drawing/graphLayout";
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
    expect(blocks.map(({ fork }) => waysOf(fork!).map((way) => way.length))).toEqual(
      [0, 0, 2, 0, 2, 0, 2, 0].map((shortcut) => [shortcut, 5]),
    );
    expect(blocks.map(({ fork }) => [fork!.join, fork!.after])).toEqual(blocks.map(() => ["add", "ReLU"]));
    expect(layer.fork).toBeUndefined();
  });

  it("is as high as its longest way with what leads into and out of it", () => {
    expect(heightOf(layer)).toBe(ROW_HEIGHT);
    expect(branchesHeight(blocks[0]!.fork!)).toBe(5 * ROW_HEIGHT);
    expect(heightOf(blocks[0]!)).toBeGreaterThan(6 * ROW_HEIGHT);
  });

  it("has a column for each way, beside each other and within its room", () => {
    for (const branches of [[[layer]], [[layer], []], [[layer, layer], [], [layer]]]) {
      const columns = columnsOf({ branches, join: "concatenate" }, { x: 100, width: 390 });
      expect(columns).toHaveLength(branches.length);
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
    const items = graph.layer(layer, { x: 0, y: 40, width: 300 }, { level: 2 });
    expect(items).toMatchObject([{ id: layer.path, level: 2, top: 40, height: ROW_HEIGHT }]);
    expect(graph.middleOf(layer.path)).toBe(40 + ROW_HEIGHT / 2);
    expect(graph.markup).toContain('aria-selected="true"');
  });

  it("draws the layers of both ways, the longest first, between where they part and where they meet", () => {
    const block = blocks[2]!;
    const graph = pen();
    const items = graph.layer(block, { x: 0, y: 0, width: 390 }, { level: 3 });
    expect(items.map(({ id }) => id)).toEqual(block.fork!.branches.flat().map(({ path }) => path));
    for (const { top, height } of items) {
      expect(top).toBeGreaterThan(0);
      expect(top + height).toBeLessThan(heightOf(block));
    }
    expect(graph.markup.match(/class="shortcut"/g)).toHaveLength(1);
    expect(graph.markup).toContain("&#60;add&#62;");
    expect(graph.markup).not.toContain(">identity<");
    expect(graph.middleOf(block.path)).toBe(heightOf(block) / 2);
  });

  it.each<[DiagramFork["join"]]>([["add"], ["concatenate"], ["multiply"]])(
    "draws a fork within a fork, whose ways are joined to %s",
    (join) => {
      const inner: DiagramNode = { ...layer, path: "inner", fork: { branches: [[layer], []], join } };
      const outer: DiagramNode = { ...layer, path: "outer", fork: { branches: [[], [inner], []], join } };
      const graph = pen();
      const items = graph.layer(outer, { x: 0, y: 0, width: 390 }, { level: 1 });
      expect(items.map(({ id }) => id)).toEqual([layer.path]);
      expect(graph.markup.match(/class="sum"/g)).toHaveLength(2);
      expect(graph.markup.match(/class="shortcut"/g)).toHaveLength(3);
      expect(graph.markup.match(/class="muted small"/g)).toHaveLength(3);
      expect(graph.markup).not.toContain('class="layer activation"');
      expect(heightOf(outer)).toBeGreaterThan(heightOf(inner));
      const middle = graph.middleOf("inner")!;
      expect(middle).toBeGreaterThan(heightOf(inner) / 2);
      expect(middle).toBeLessThan(heightOf(outer));
    },
  );

  it("puts what lies below under what was drawn before it", () => {
    const graph = pen();
    graph.put("<above/>");
    graph.putBelow("<below/>");
    expect(graph.markup).toBe("<below/><above/>");
  });
});
