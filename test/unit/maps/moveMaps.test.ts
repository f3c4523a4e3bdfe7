import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { findExperiments } from "../../../src/maps/folder/findExperiments";
import { bringBack, deletedMaps, renameMaps, throwAway } from "../../../src/maps/folder/moveMaps";
import { mapsPlace } from "../../../src/maps/folder/place";
import { changeRunNote, notesIn, readRunNotes } from "../../../src/maps/folder/runNotes";
import { temporaryFolder } from "../../support/folder";
import { contentOf } from "../../support/mapsContent";
import { writeMapsFixture } from "../../support/mapsFixture";

let workspace: string;
let maps: string;
beforeEach(() => {
  workspace = temporaryFolder();
  maps = join(workspace, "runs", "maps_1");
  writeMapsFixture(maps);
});
const noteOf = async (name: string) => (await readRunNotes(join(workspace, "runs"))).get(name);
const found = async () => (await findExperiments(workspace)).maps;

describe("what a user keeps of runs", () => {
  it("stands beside the MAPS, which stays as it was", async () => {
    const before = await contentOf(maps);
    await changeRunNote(maps, { star: true, note: "of the paper" });
    await changeRunNote(maps, { group: "rates" });
    expect(await noteOf("maps_1")).toEqual({ star: true, note: "of the paper", group: "rates" });
    expect(await contentOf(maps)).toEqual(before);
  });

  it("leaves nothing where nothing is said any more", async () => {
    await changeRunNote(maps, { star: true, group: "rates" });
    await changeRunNote(maps, { star: false, group: "" });
    expect(await noteOf("maps_1")).toBeUndefined();
  });

  it.each(["{", "[]", '{"version": 2, "runs": {}}'])(
    "is never written over what cannot be read: %s",
    async (text) => {
      writeFileSync(notesIn(join(workspace, "runs")), text);
      await expect(changeRunNote(maps, { star: true })).rejects.toThrow("nothing is written over it");
      expect(readFileSync(notesIn(join(workspace, "runs")), "utf8")).toBe(text);
    },
  );
});

describe("a MAPS", () => {
  it("gets another name with what is kept of it", async () => {
    await changeRunNote(maps, { note: "first" });
    const renamed = await renameMaps(maps, "maps_first");
    expect(await found()).toEqual([renamed]);
    expect(await noteOf("maps_1")).toBeUndefined();
    expect(await noteOf("maps_first")).toEqual({ note: "first" });
  });

  it.each([
    ["maps_2", "There is something called maps_2 already."],
    ["../maps_3", "A run cannot be called"],
    [".hidden", "A run cannot be called"],
    ["", "A run cannot be called"],
  ])("is not called %j", async (name, says) => {
    mkdirSync(join(workspace, "runs", "maps_2"));
    await expect(renameMaps(maps, name)).rejects.toThrow(says);
    expect(await found()).toEqual([maps]);
  });

  it("is thrown away where no search finds it, and brought back as it was", async () => {
    const before = await contentOf(maps);
    await changeRunNote(maps, { star: true });
    const { entry } = await throwAway(maps, workspace, 1_700_000_000_000);
    expect(await found()).toEqual([]);
    expect(await noteOf("maps_1")).toBeUndefined();
    expect(await deletedMaps(workspace)).toMatchObject([{ entry, from: maps, deleted: 1_700_000_000_000 }]);
    expect(await bringBack({ entry })).toBe(maps);
    expect(await contentOf(maps)).toEqual(before);
    expect(await noteOf("maps_1")).toEqual({ star: true });
    expect(readdirSync(join(workspace, ".gyrus-trash"))).toEqual([]);
  });

  it("of one name may be thrown away twice in a moment; what stands in its place keeps it there", async () => {
    const first = await throwAway(maps, workspace, 1_000);
    writeMapsFixture(maps);
    const second = await throwAway(maps, workspace, 1_000);
    expect(second.entry).not.toBe(first.entry);
    await bringBack(first);
    await expect(bringBack(second)).rejects.toThrow("There is something called maps_1 already.");
    expect((await deletedMaps(workspace)).map(({ entry }) => entry)).toEqual([second.entry]);
  });

  it("that trains is neither renamed nor thrown away", async () => {
    const live = join(workspace, "runs", "maps_live");
    writeMapsFixture(live, { end: null });
    await expect(renameMaps(live, "other")).rejects.toThrow("maps_live is in training.");
    await expect(throwAway(live, workspace)).rejects.toThrow("maps_live is in training.");
    expect(existsSync(mapsPlace(live).mapsJson)).toBe(true);
    expect(await deletedMaps(workspace)).toEqual([]);
  });

  it("that is the folder of the window, or holds it, stays where it is", async () => {
    const before = await contentOf(maps);
    await expect(throwAway(maps, maps)).rejects.toThrow("maps_1 is the folder that this window shows");
    await expect(throwAway(maps, join(maps, "groups"))).rejects.toThrow(
      "is the folder that this window shows",
    );
    expect(await contentOf(maps)).toEqual(before);
  });

  it("is never moved out of the workspace by a link in it, and nothing but a MAPS is moved at all", async () => {
    const { entry } = await throwAway(maps, workspace);
    const file = join(entry, "deleted.json");
    const told = JSON.parse(readFileSync(file, "utf8"));
    const outside = temporaryFolder();
    symlinkSync(outside, join(workspace, "link"), "junction");
    writeFileSync(file, JSON.stringify({ ...told, from: join(workspace, "link", "new", "maps_1") }));
    await expect(bringBack({ entry })).rejects.toThrow("is not there any more");
    mkdirSync(join(entry, "hooks"));
    writeFileSync(file, JSON.stringify({ ...told, from: join(workspace, "hooks") }));
    await expect(bringBack({ entry })).rejects.toThrow("is not there any more");
    expect(readdirSync(outside)).toEqual([]);
    writeFileSync(file, JSON.stringify(told));
    expect(await bringBack({ entry })).toBe(maps);
    // What else somebody put there is left where it is.
    expect(readdirSync(entry)).toContain("hooks");
  });

  it("is never moved out of the workspace by what somebody wrote into the trash", async () => {
    const { entry } = await throwAway(maps, workspace);
    const file = join(entry, "deleted.json");
    const told = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...told, from: join(temporaryFolder(), "maps_1") }));
    await expect(bringBack({ entry })).rejects.toThrow("is not there any more");
    expect(await deletedMaps(workspace)).toEqual([]);
  });
});
