import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { IMAGE_SOURCES, openSources, sourceOf } from "../../../src/data/sources/imageSources";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { temporaryFolder } from "../../support/folder";
import { imageFile, writeImage } from "../../support/study";

const preprocessing = preprocessingSchema.parse({ preprocessing: "t1-linear", mode: "image" });

describe("sourceOf", () => {
  it("is the source whose layout a folder has, which finds its sessions and their images", async () => {
    const folder = temporaryFolder();
    const file = imageFile(folder, "sub-1");
    await writeImage(file, () => 1, [2, 2, 2]);
    const source = await sourceOf(folder);
    expect(await source.problems(folder)).toEqual([]);
    const [session, ...others] = await source.sessions(folder);
    expect(others).toEqual([]);
    expect(await source.find(folder, session!, preprocessing)).toEqual([file]);
    expect(source.describe(preprocessing)).toContain("_T1w.nii.gz");
  });

  it("says what is wrong with a folder of no known layout, or none at all", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "sub-1"));
    for (const [place, code] of [
      [folder, "caps.is-bids"],
      [join(folder, "nowhere"), "caps.unreadable"],
    ] as const) {
      const source = await sourceOf(place);
      expect(await source.problems(place)).toMatchObject([{ code, where: "caps_directory" }]);
    }
  });

  it("is looked for once a folder, however many images stand there", async () => {
    const folder = temporaryFolder();
    const sourceOf = openSources();
    const found = await Promise.all([sourceOf(folder), sourceOf(folder)]);
    expect(found).toEqual([IMAGE_SOURCES.caps, IMAGE_SOURCES.caps]);
    expect(sourceOf(folder)).toBe(sourceOf(folder));
  });

  it.each(Object.entries(IMAGE_SOURCES))("%s recognises a folder by what holds its images", (_, source) => {
    expect(["masks", "tsv", "split-0"].filter((name) => source.holdsImages(name))).toEqual([]);
  });

  it.each(Object.entries(IMAGE_SOURCES))("%s recognises no folder that is empty", (_, source) => {
    expect(source.recognises([])).toBe(false);
  });
});
