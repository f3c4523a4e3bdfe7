import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unreadView, viewOf } from "../../../src/extension/experiments/mapsView";
import { rootNodes } from "../../../src/extension/experiments/nodes";
import { treeItem } from "../../../src/extension/experiments/treeItems";
import { findExperiments } from "../../../src/maps/folder/findExperiments";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import { effort } from "../../support/effort";
import { writeMapsFixture } from "../../support/mapsFixture";

let folder: string;
let maps: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gyrus view-"));
  maps = join(folder, "maps_demo");
});
afterEach(() => rmSync(folder, { recursive: true }));

const view = async (now?: number) => viewOf((await readMaps(maps, now === undefined ? {} : { now }))!);

describe("the view of a MAPS", () => {
  it("tells a run that goes on from one that was asked to stop, and from one that gives no sign", async () => {
    writeMapsFixture(maps, { end: null, epochs: 4 });
    expect(await view()).toMatchObject({ status: "running", epochs: 20, progress: { epoch: 4 }, own: true });
    writeFileSync(mapsPlace(maps).stopJson, "{}");
    expect(await view()).toMatchObject({ status: "stopping" });
    expect(await view(Date.now() + 61_000)).toMatchObject({ status: "silent" });
  });

  it("lists and reads eight hundred at ten times the cost of eighty", async () => {
    writeMapsFixture(maps);
    const files = [
      mapsPlace(maps).mapsJson,
      mapsPlace(maps).runJson,
      mapsPlace(maps).split(0).network().eventsJsonl,
    ].map((file) => ({
      place: relative(maps, file),
      content: readFileSync(file),
    }));
    for (let index = 1; index <= 800; index++) {
      const copy = join(folder, "many", `maps_${index}`);
      mkdirSync(mapsPlace(copy).split(0).network().logs, { recursive: true });
      for (const { place, content } of files) writeFileSync(join(copy, place), content);
    }
    const few = join(folder, "few");
    mkdirSync(few);
    for (let index = 1; index <= 80; index++)
      cpSync(join(folder, "many", `maps_${index}`), join(few, `maps_${index}`), { recursive: true });
    const many = join(folder, "many");
    const list = async (place: string, count: number) => {
      const { maps: found } = await findExperiments(place);
      const content = { folder, name: "", views: found.map(unreadView), launches: [] };
      expect(rootNodes([content]).map(treeItem)).toHaveLength(count);
      return found;
    };
    const read = async (place: string, count: number) => {
      const summaries = await Promise.all((await list(place, count)).map((path) => readMaps(path)));
      expect(summaries.filter((summary) => summary?.status === "finished")).toHaveLength(count);
    };
    // As many of them each time, so that a moment of the machine's counts as much: by the square it would be ten times as dear.
    const tenTimes = (work: (place: string, count: number) => Promise<unknown>) => async () => {
      for (let time = 0; time < 10; time++) await work(few, 80);
    };
    expect(await effort(() => list(many, 800))).toBeLessThan(4 * (await effort(tenTimes(list))));
    expect(await effort(() => read(many, 800))).toBeLessThan(4 * (await effort(tenTimes(read))));
  });
});
