import { describe, expect, it } from "vitest";
import type { MapsView } from "../../../src/extension/experiments/mapsView";
import {
  childrenOf,
  type FolderContent,
  folderRows,
  idOf,
  mapsOf,
  type Node,
  parentOf,
  rootNodes,
} from "../../../src/extension/experiments/nodes";
import type { Launch } from "../../../src/extension/trainer/launch";
import { mapsView } from "../../support/mapsViews";

const launch = (maps: string, kind: "queued" | "training"): Launch => ({
  task: { kind: "train", experiment: "/data/a.experiment.json", maps },
  state: kind === "queued" ? { kind, place: 1, shortage: null } : { kind },
});

const content = (views: readonly MapsView[], launches: readonly Launch[] = []): FolderContent => ({
  folder: "/data",
  name: "data",
  views,
  launches,
});

const outline = (node: Node, contents: readonly FolderContent[]): unknown => {
  const children = childrenOf(node, contents).map((child) => outline(child, contents));
  return children.length === 0 ? node.kind : { [node.kind]: children };
};

describe("rows of the Experiments tree", () => {
  it("lead with what waits, then with what trains, then with the latest", () => {
    const views = [
      mapsView({ maps: "/data/old", changed: 1 }),
      mapsView({ maps: "/data/new", changed: 2 }),
      mapsView({ maps: "/data/live b", changed: 4, status: "running" }),
      mapsView({ maps: "/data/live a", changed: 3, status: "running" }),
    ];
    const rows = folderRows(content(views, [launch("/data/next", "queued")]));
    expect(rows.map(mapsOf)).toEqual([
      "/data/next",
      "/data/live a",
      "/data/live b",
      "/data/new",
      "/data/old",
    ]);
  });

  it("show a training that began only as its MAPS", () => {
    const views = [mapsView({ maps: "/data/a", status: "running" })];
    const rows = folderRows(content(views, [launch("/data/a", "training")]));
    expect(rows.map((row) => row.kind)).toEqual(["maps"]);
  });

  it("show a queued resumption at its MAPS", () => {
    const views = [mapsView({ maps: "/data/a", status: "stopped" })];
    const rows = folderRows(content(views, [launch("/data/a", "queued")]));
    expect(rows).toMatchObject([{ kind: "maps", waiting: { kind: "queued", place: 1, shortage: null } }]);
  });

  it("name the folders where there are several", () => {
    const contents = [content([mapsView()]), { ...content([]), folder: "/other", name: "other" }];
    expect(rootNodes(contents)).toMatchObject([{ kind: "folder", name: "data" }, { name: "other" }]);
    expect(childrenOf(rootNodes(contents)[0]!, contents)).toMatchObject([{ kind: "maps" }]);
  });

  it("put the best models under a split that has one network", () => {
    const contents = [content([mapsView()])];
    expect(outline(rootNodes(contents)[0]!, contents)).toEqual({
      maps: [{ split: ["best", "best"] }, { groups: ["group", "group"] }],
    });
  });

  it("put the networks between where there is one for each part", () => {
    const best = [{ metric: "loss", value: 1, epoch: 0 }];
    const network = { epoch: 1, end: null, source: "events", best } as const;
    const networks = [
      { ...network, network: 0 },
      { ...network, network: 1 },
    ];
    const contents = [
      content([mapsView({ splits: [{ split: 0, metrics: [], networks, inTraining: [] }], groups: [] })]),
    ];
    expect(outline(rootNodes(contents)[0]!, contents)).toEqual({
      maps: [{ split: [{ network: ["best"] }, { network: ["best"] }] }],
    });
  });

  it("have names of their own that lead back to their MAPS and their parent", () => {
    const contents = [content([mapsView(), mapsView({ maps: "/data/b" })])];
    const walk = (node: Node): Node[] => [node, ...childrenOf(node, contents).flatMap(walk)];
    const all = rootNodes(contents).flatMap(walk);
    expect(new Set(all.map(idOf)).size).toBe(all.length);
    for (const node of all) {
      for (const child of childrenOf(node, contents)) {
        expect(idOf(parentOf(child, false)!)).toBe(idOf(node));
        expect(mapsOf(child)).toBe(mapsOf(node));
      }
    }
  });
});
