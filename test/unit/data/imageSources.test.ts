import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSource, openSources } from "../../../src/data/sources/imageSources";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { temporaryFolder } from "../../support/folder";
import { imageFile, writeImage } from "../../support/study";

const preprocessing = preprocessingSchema.parse({ preprocessing: "t1-linear", mode: "image" });

describe("openSource", () => {
  it("finds the sessions of a CAPS and their images", async () => {
    const folder = temporaryFolder();
    const file = imageFile(folder, "sub-1");
    await writeImage(file, () => 1, [2, 2, 2]);
    const source = openSource({ place: folder });
    expect(await source.problems()).toEqual([]);
    const [session, ...others] = await source.sessions();
    expect(others).toEqual([]);
    expect(await source.find(session!, preprocessing)).toEqual([file]);
    expect(source.describe(preprocessing)).toContain("_T1w.nii.gz");
  });

  it("says what is wrong with a folder that is no CAPS, or none at all", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "sub-1"));
    for (const [caps, code] of [
      [folder, "caps.is-bids"],
      [join(folder, "nowhere"), "caps.unreadable"],
    ] as const) {
      expect(await openSource({ place: caps }).problems()).toMatchObject([{ code, where: "caps_directory" }]);
    }
  });

  it("opens a place once, however many images stand there", () => {
    const folder = temporaryFolder();
    const sourceOf = openSources();
    expect(sourceOf({ place: folder })).toBe(sourceOf({ place: folder }));
    const images = { table: join(folder, "a.tsv"), path_column: "path" };
    expect(sourceOf({ place: folder, images })).not.toBe(sourceOf({ place: folder }));
    expect(sourceOf({ place: folder, images })).toBe(sourceOf({ place: folder, images: { ...images } }));
  });
});
