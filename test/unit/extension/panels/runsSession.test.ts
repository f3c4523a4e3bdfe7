import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type MapsView, viewOf } from "../../../../src/extension/experiments/mapsView";
import { RunsSession } from "../../../../src/extension/panels/runs/runsSession";
import { mapsPlace } from "../../../../src/maps/folder/place";
import { notesIn, readRunNotes } from "../../../../src/maps/folder/runNotes";
import { readMaps } from "../../../../src/maps/folder/summary";
import { writeMetrics } from "../../../../src/maps/tables/metricsTsv";
import type { FromRuns, ToRuns } from "../../../../webview/runs/messages";
import { wait } from "../../../support/effort";
import { temporaryFolder } from "../../../support/folder";
import { writeMapsFixture } from "../../../support/mapsFixture";

let folder: string;
let session: RunsSession;
let views: MapsView[];
let changed: () => void = () => {};
let told: ToRuns[];
const commands: unknown[] = [];

const path = (name: string) => join(folder, name);
const read = async (...names: readonly string[]) => {
  const found = await Promise.all(names.map((name) => readMaps(path(name))));
  views = found.flatMap((one) => (one === null ? [] : [viewOf(one)]));
};
const of = <Kind extends ToRuns["kind"]>(kind: Kind) =>
  told.filter((message): message is Extract<ToRuns, { kind: Kind }> => message.kind === kind);
const send = (message: FromRuns) => session.receive(message);

beforeEach(async () => {
  folder = temporaryFolder();
  writeMapsFixture(path("maps_1"), { splits: [0, 1] });
  writeMapsFixture(path("maps_2"));
  const file = mapsPlace(path("maps_2")).mapsJson;
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), dropout: 0.25 }));
  told = [];
  commands.length = 0;
  await read("maps_1", "maps_2");
  const known = {
    get views() {
      return views;
    },
    searched: true,
    onDidChange: (listener: () => void) => {
      changed = listener;
      return { dispose() {} };
    },
  };
  const say = (name: string) => async (given?: unknown) => {
    commands.push([name, given]);
  };
  session = new RunsSession({ Runs: "Entraînements" }, (message) => told.push(message), known, {
    shownFolder: () => "runs",
    open: say("open"),
    compare: say("compare"),
    rename: say("rename"),
    delete: say("delete"),
    restore: say("restore"),
    save: say("save"),
  });
  await send({ kind: "hello" });
});
afterEach(() => session.dispose());

it("tells every run once, with what its best models reached and the settings of all", () => {
  expect(told[0]).toEqual({ kind: "welcome", texts: { Runs: "Entraînements" } });
  const [{ runs }] = of("runs") as [Extract<ToRuns, { kind: "runs" }>];
  expect(runs.map(({ name, status, epoch, folder }) => ({ name, status, epoch, folder }))).toEqual([
    { name: "maps_1", status: "finished", epoch: 3, folder: "runs" },
    { name: "maps_2", status: "finished", epoch: 3, folder: "runs" },
  ]);
  expect(Object.keys(runs[0]?.best ?? {})).toEqual(["BA", "loss"]);
  const [{ maps, columns }] = of("settings") as [Extract<ToRuns, { kind: "settings" }>];
  expect(maps).toEqual([path("maps_1"), path("maps_2")]);
  expect(columns.find(({ key }) => key === "dropout")?.texts).toContain("0.25");
});

it("tells again what has changed, and what is gone", async () => {
  rmSync(path("maps_2"), { recursive: true });
  writeMapsFixture(path("maps_1"), { splits: [0, 1], epochs: 5 });
  await read("maps_1");
  changed();
  await vi.waitFor(() => expect(of("runs")).toHaveLength(2), wait);
  const last = of("runs").at(-1);
  expect(last).toMatchObject({ gone: [path("maps_2")], runs: [{ name: "maps_1" }] });
});

it("keeps notes in a file beside the MAPS, and tells those of another window", async () => {
  await send({ kind: "note", maps: [path("maps_1")], change: { star: true, note: "first" } });
  expect((await readRunNotes(folder)).get("maps_1")).toEqual({ star: true, note: "first" });
  await vi.waitFor(
    () => expect(of("runs").at(-1)?.runs[0]?.note).toEqual({ star: true, note: "first" }),
    wait,
  );
  writeFileSync(notesIn(folder), JSON.stringify({ version: 1, runs: { maps_2: { group: "rates" } } }));
  changed();
  await vi.waitFor(() => expect(of("runs").at(-1)?.runs.at(-1)?.note).toEqual({ group: "rates" }), wait);
});

it("writes no note for what is no run, and none over what cannot be read", async () => {
  await send({ kind: "note", maps: [path("elsewhere")], change: { star: true } });
  expect(await readRunNotes(folder)).toEqual(new Map());
  writeFileSync(notesIn(folder), "{");
  const star: FromRuns = { kind: "note", maps: [path("maps_1")], change: { star: true } };
  await expect(send(star)).rejects.toThrow("cannot be read");
});

it("reads what was answered for a data group when it is asked for, the mean of the splits", async () => {
  for (const [split, BA] of [0.7, 0.8].entries()) {
    const file = mapsPlace(path("maps_1")).split(split).best("BA").results("test").metricsTsv("image");
    await writeMetrics(file, [{ network: null, values: { BA, loss: 0.5 }, interval: null }]);
    mkdirSync(mapsPlace(path("maps_1")).group("test").folder, { recursive: true });
  }
  await read("maps_1", "maps_2");
  await send({ kind: "group", group: "test" });
  expect(of("measures")).toEqual([
    { kind: "measures", group: "test", runs: [{ maps: path("maps_1"), values: { BA: 0.75, loss: 0.5 } }] },
  ]);
});

it("hands the rest to the editor", async () => {
  const maps = path("maps_1");
  await send({ kind: "open", maps });
  await send({ kind: "compare", maps: [maps] });
  await send({ kind: "rename", maps });
  await send({ kind: "delete", maps: [maps] });
  await send({ kind: "restore" });
  // What is no run of the window is neither moved nor renamed.
  const elsewhere = path("elsewhere");
  await send({ kind: "rename", maps: elsewhere });
  await send({ kind: "delete", maps: [elsewhere] });
  expect(commands).toEqual([
    ["open", maps],
    ["compare", [maps]],
    ["rename", maps],
    ["delete", [maps]],
    ["restore", undefined],
  ]);
});
