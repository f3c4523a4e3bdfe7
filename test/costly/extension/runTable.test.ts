import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { viewOf } from "../../../src/extension/experiments/mapsView";
import { RunsSession } from "../../../src/extension/panels/runs/runsSession";
import { findExperiments } from "../../../src/maps/folder/findExperiments";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import type { ToRuns } from "../../../webview/runs/messages";
import { allColumns } from "../../../webview/runs/model/columns";
import { KnownRuns } from "../../../webview/runs/model/known";
import { shownTable } from "../../../webview/runs/model/table";
import { usualRunsState } from "../../../webview/runs/state";
import { effort } from "../../support/effort";
import { temporaryFolder } from "../../support/folder";
import { writeMapsFixture } from "../../support/mapsFixture";

const COUNT = 2_000;
const unused = async () => {};
const editor = {
  shownFolder: (path: string) => path,
  open: unused,
  compare: unused,
  rename: unused,
  delete: unused,
  restore: unused,
  save: unused,
};

it("opens two thousand MAPS for less than it costs to look for them and to read where they stand", async () => {
  const workspace = temporaryFolder();
  const first = join(workspace, "runs", "maps_0");
  writeMapsFixture(first);
  const files = [mapsPlace(first).mapsJson, mapsPlace(first).split(0).network().eventsJsonl];
  const [settings, log] = files.map((file) => readFileSync(file, "utf8"));
  for (let index = 0; index < COUNT; index++) {
    const maps = join(workspace, "runs", `maps_${index}`);
    mkdirSync(mapsPlace(maps).split(0).network().logs, { recursive: true });
    const changed = { ...JSON.parse(settings ?? ""), learning_rate: index / COUNT, dropout: index % 3 };
    writeFileSync(mapsPlace(maps).mapsJson, JSON.stringify(changed));
    writeFileSync(mapsPlace(maps).split(0).network().eventsJsonl, log ?? "");
  }
  const read = async () => {
    const { maps } = await findExperiments(workspace);
    return (await Promise.all(maps.map((path) => readMaps(path)))).flatMap((one) =>
      one === null ? [] : [viewOf(one)],
    );
  };
  const views = await read();
  let shown = 0;
  const open = async () => {
    const told: ToRuns[] = [];
    const known = { views, searched: true, onDidChange: () => ({ dispose() {} }) };
    const session = new RunsSession({}, (message) => told.push(structuredClone(message)), known, editor);
    await session.receive({ kind: "hello" });
    session.dispose();
    // What the view makes of it.
    const table = new KnownRuns();
    for (const message of told) if (message.kind !== "welcome") table.take(message);
    shown = shownTable(table, { ...usualRunsState, filter: "learning_rate<0.5" }).runs.length;
    expect(allColumns(table).length).toBeGreaterThan(20);
  };
  await open();
  expect(shown).toBe(COUNT / 2);
  const [opening, reading] = [await effort(open), await effort(read)];
  expect(opening).toBeLessThan(reading);
});
