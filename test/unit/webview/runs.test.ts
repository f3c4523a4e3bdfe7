import { describe, expect, it } from "vitest";
import { allColumns, usualColumns } from "../../../webview/runs/model/columns";
import { filterRuns } from "../../../webview/runs/model/filter";
import { KnownRuns } from "../../../webview/runs/model/known";
import { shownTable, tableCsv } from "../../../webview/runs/model/table";
import { usualRunsState } from "../../../webview/runs/state";
import { imaginedRunTable } from "../../support/webview/runTable";

function knownRuns(count: number): KnownRuns {
  const known = new KnownRuns();
  for (const message of imaginedRunTable(count)) known.take(message);
  return known;
}

describe("the filter of the run table", () => {
  const known = knownRuns(12);
  const columns = allColumns(known);
  const shown = (filter: string) => filterRuns(known.runs, filter, columns).runs.map(({ name }) => name);

  it.each([
    ["maps_1", ["maps_11", "maps_10", "maps_1"]],
    ["resnet18 maps_1", ["maps_10", "maps_1"]],
    ["learning_rate<1e-4", ["maps_8", "maps_7", "maps_6"]],
    ["learning_rate=1e-5 dropout!=0", ["maps_8"]],
    ["BA>=0.97", ["maps_4"]],
    ["BA>0.8", ["maps_9", "maps_8", "maps_4", "maps_1"]],
    ["status=failed", ["maps_10", "maps_3"]],
    ["group=RATES", ["maps_3"]],
    ['note:"of the paper"', ["maps_3"]],
    ["epoch<=2", ["maps_1", "maps_0"]],
  ])("%s", (filter, names) => {
    expect(shown(filter)).toEqual(names);
  });

  it("leaves out what is undefined, whatever it is compared with", () => {
    // maps_5 has nobody of a class in its validation set.
    expect(shown("BA<2")).not.toContain("maps_5");
    expect(shown("BA>=0")).not.toContain("maps_5");
  });

  it("names the columns that there are none of, and filters by the rest", () => {
    const { runs, unknown } = filterRuns(known.runs, "rate<1 maps_3", columns);
    expect(unknown).toEqual(["rate"]);
    expect(runs.map(({ name }) => name)).toEqual(["maps_3"]);
  });
});

describe("the columns of the run table", () => {
  it("are at first what was reached and the settings that differ", () => {
    const known = knownRuns(6);
    expect(usualColumns(known, allColumns(known))).toEqual([
      ...["status", "epoch", "BA", "loss", "architecture", "dropout", "learning_rate"],
      ...["group", "note", "changed"],
    ]);
  });

  it("are told apart where a setting is called as something else", () => {
    const known = knownRuns(2);
    known.take({
      kind: "settings",
      maps: known.runs.map(({ maps }) => maps),
      columns: [{ key: "loss", texts: ["L1Loss", "default"], of: [0, 1] }],
    });
    const ids = allColumns(known).map(({ id }) => id);
    expect(ids).toContain("settings.loss");
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("are exported as they are shown, in their order", () => {
    const state = { ...usualRunsState, filter: "maps_", columns: ["BA", "learning_rate"] };
    const table = shownTable(knownRuns(3), state);
    expect(tableCsv(table, { ...state, sorting: { column: "BA", descending: true } }).split("\n")).toEqual([
      "name,maps,BA,learning_rate",
      "maps_1,/data/study/runs/maps_1,0.87,0.001",
      "maps_2,/data/study/runs/maps_2,0.74,0.001",
      "maps_0,/data/study/runs/maps_0,0.5,0.001",
      "",
    ]);
  });
});
