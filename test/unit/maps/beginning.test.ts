import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { isOwnBeginning, markBeginning } from "../../../src/maps/folder/beginning";
import { createMaps, newMapsProblems } from "../../../src/maps/folder/createMaps";
import { removeLeftovers } from "../../../src/maps/folder/leftovers";
import { mapsPlace } from "../../../src/maps/folder/place";
import { temporaryFolder } from "../../support/folder";
import { newMapsContent } from "../../support/newMaps";

const DEAD = ".split-1.999999999-01234567-0123abcd.gyrus-part";

/** What a trainer leaves that is killed while it makes its MAPS, and nothing of the trainer's own. */
async function begun(): Promise<string> {
  const maps = join(temporaryFolder(), "maps");
  const place = mapsPlace(maps);
  await markBeginning(place);
  const group = place.group("train", 0);
  mkdirSync(group.folder, { recursive: true });
  for (const file of [group.dataTsv, group.mapsJson, place.environmentTxt]) writeFileSync(file, "left");
  mkdirSync(join(dirname(group.folder), DEAD));
  writeFileSync(join(dirname(group.folder), DEAD, "data.tsv"), "half");
  return maps;
}

const codesOf = async (maps: string) => (await newMapsProblems(maps)).map(({ code }) => code);

describe("what a killed trainer has begun", () => {
  it("is taken over by the next one, to the same MAPS as in a new folder", async () => {
    const [maps, fresh] = [await begun(), join(temporaryFolder(), "maps")];
    writeFileSync(mapsPlace(maps).trainerLog, "said");
    expect(await codesOf(maps)).toEqual([]);
    for (const folder of [maps, fresh]) await createMaps(folder, newMapsContent());
    const namesIn = (folder: string) => readdirSync(folder, { recursive: true }).sort();
    expect(namesIn(maps).filter((name) => name !== "trainer.log")).toEqual(namesIn(fresh));
    expect(readFileSync(mapsPlace(maps).group("train", 0).dataTsv, "utf8")).toBe(
      readFileSync(mapsPlace(fresh).group("train", 0).dataTsv, "utf8"),
    );
    expect(readFileSync(mapsPlace(maps).trainerLog, "utf8")).toBe("said");
  });

  it.each(["notes.txt", "groups/notes.txt", "groups/train/split-0/notes.txt", "groups/test/data.tsv"])(
    "is refused, and left as it is, where there is a file of somebody else: %s",
    async (name) => {
      const maps = await begun();
      mkdirSync(dirname(join(maps, name)), { recursive: true });
      writeFileSync(join(maps, name), "mine");
      expect(await codesOf(maps)).toEqual([name === "notes.txt" ? "maps.not-empty" : "maps.begun"]);
      await expect(createMaps(maps, newMapsContent())).rejects.toThrow();
      expect(readFileSync(join(maps, name), "utf8")).toBe("mine");
      expect(existsSync(mapsPlace(maps).group("train", 0).dataTsv)).toBe(true);
    },
  );

  it("says what to do where it bears no mark, as that of the former version, and is left as it is", async () => {
    const maps = await begun();
    rmSync(join(maps, ".beginning"));
    const before = readdirSync(maps, { recursive: true });
    const [found, ...others] = await newMapsProblems(maps);
    expect([found?.code, ...others]).toEqual(["maps.begun"]);
    expect(found?.message).toContain("there is nothing to go on with");
    expect(found?.remedy).toMatch(/^Delete this folder/);
    await expect(createMaps(maps, newMapsContent())).rejects.toThrow("Delete this folder");
    expect(readdirSync(maps, { recursive: true })).toEqual(before);
  });

  it("is nothing that ever had its maps.json; the mark of a MAPS goes when its training goes on", async () => {
    const maps = join(temporaryFolder(), "maps");
    await createMaps(maps, newMapsContent());
    await markBeginning(mapsPlace(maps));
    expect(await isOwnBeginning(maps)).toBe(false);
    expect(await codesOf(maps)).toEqual(["maps.exists"]);
    await removeLeftovers(maps);
    expect(readdirSync(maps).filter((name) => name.startsWith("."))).toEqual([]);
  });
});
