import { describe, expect, it } from "vitest";
import type { MapsView } from "../../../src/extension/experiments/mapsView";
import { folderRows } from "../../../src/extension/experiments/nodes";
import { filteredViews, isPutAway, type TreeOrder } from "../../../src/extension/experiments/treeOrder";
import { mapsView } from "../../support/mapsViews";

const reaching = (metric: string, value: number | null): MapsView["splits"] => [
  {
    split: 0,
    metrics: [metric],
    networks: [{ network: null, epoch: 3, end: null, source: "events", best: [{ metric, value, epoch: 1 }] }],
    inTraining: [],
  },
];
const views = [
  mapsView({ maps: "/d/maps_10", changed: 30, splits: reaching("BA", 0.7) }),
  mapsView({ maps: "/d/maps_9", changed: 10, status: "running", splits: reaching("BA", 0.9) }),
  mapsView({ maps: "/d/maps_2", changed: 20, status: "failed", splits: reaching("BA", null) }),
  mapsView({ maps: "/d/auto", changed: 40, architecture: "AE_Conv5_FC3", splits: reaching("loss", 0.2) }),
  mapsView({ maps: "/d/better", changed: 5, splits: reaching("loss", 0.1) }),
];
const names = (order: TreeOrder) =>
  folderRows({ folder: "/d", name: "d", views, launches: [], order }).map((row) =>
    row.kind === "maps" ? row.view.maps.slice(3) : row.kind,
  );

describe("the experiments of the tree", () => {
  it("stand by date, what trains first, unless another order is asked for", () => {
    expect(names("date")).toEqual(["maps_9", "auto", "maps_10", "maps_2", "better"]);
    expect(names("name")).toEqual(["auto", "better", "maps_2", "maps_9", "maps_10"]);
    expect(names("best")).toEqual(["maps_9", "maps_10", "better", "auto", "maps_2"]);
  });

  it("stand by state, those that train first", () => {
    expect(names("state")[0]).toBe("maps_9");
    expect(names("state").at(-1)).toBe("maps_2");
  });

  it("are filtered by words of name, state and network, in capitals or not", () => {
    const shown = (filter: string) => filteredViews(views, filter).map(({ maps }) => maps.slice(3));
    expect(shown("  ")).toHaveLength(5);
    expect(shown("MAPS finished")).toEqual(["maps_10"]);
    expect(shown("ae_conv5")).toEqual(["auto"]);
    expect(shown("nothing")).toEqual([]);
  });

  it("are put away once they are archived, but not while they train", () => {
    const archived = { archived: true } as const;
    expect(isPutAway(mapsView())).toBe(false);
    expect(isPutAway(mapsView(archived))).toBe(true);
    expect(isPutAway(mapsView({ ...archived, status: "running" }))).toBe(false);
  });
});
