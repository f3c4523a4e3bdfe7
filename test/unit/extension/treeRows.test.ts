import { describe, expect, it } from "vitest";
import type { MapsView } from "../../../src/extension/experiments/mapsView";
import { childrenOf, type FolderContent, rootNodes } from "../../../src/extension/experiments/nodes";
import { TreeRows } from "../../../src/extension/experiments/treeRows";
import { mapsView } from "../../support/mapsViews";

const content = (views: readonly MapsView[], folder = "/data"): FolderContent => ({
  folder,
  name: folder,
  views,
  launches: [],
});
const finished = mapsView({ maps: "/data/finished" });
const running = (epoch: number) =>
  mapsView({ maps: "/data/running", status: "running", progress: { split: 0, network: null, epoch } });

describe("the rows that VS Code knows", () => {
  it("are all drawn when one comes, goes or moves", () => {
    const rows = new TreeRows();
    expect(rows.update([content([finished])])).toBeUndefined();
    expect(rows.update([content([finished, running(1)])])).toBeUndefined();
    expect(rows.update([content([running(1)])])).toBeUndefined();
  });

  it("are drawn alone when only their content changes, and are the objects that VS Code was given", () => {
    const rows = new TreeRows();
    const first = [content([finished, running(1)])];
    rows.update(first);
    const [row, other] = rows.given(rootNodes(first));
    const second = [content([finished, running(2)])];
    const changed = rows.update(second);
    expect(changed).toHaveLength(1);
    expect(changed?.[0]).toBe(row);
    expect(row).toMatchObject({ kind: "maps", view: { progress: { epoch: 2 } } });
    expect(rows.given(rootNodes(second))).toEqual([row, other]);
    expect(rows.update(second)).toEqual([]);
  });

  it("keep their rows beneath, with what they say now", () => {
    const rows = new TreeRows();
    const first = [content([running(1)])];
    rows.update(first);
    const [row] = rows.given(rootNodes(first));
    const [split] = rows.given(childrenOf(row!, first));
    const grown = mapsView({
      ...running(2),
      splits: [{ split: 0, metrics: [], networks: [], inTraining: [] }],
    });
    rows.update([content([grown])]);
    const [same] = rows.given(childrenOf(row!, [content([grown])]));
    expect(same).toBe(split);
    expect(split).toMatchObject({ kind: "split", split: { networks: [] } });
  });

  it("are not drawn where VS Code has not asked for them: in a folder that is closed", () => {
    const rows = new TreeRows();
    const contents = (epoch: number) => [content([running(epoch)]), content([], "/other")];
    rows.update(contents(1));
    rows.given(rootNodes(contents(1)));
    expect(rows.update(contents(2))).toEqual([]);
  });
});
