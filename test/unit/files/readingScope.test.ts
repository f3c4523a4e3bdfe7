import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { openCaps } from "../../../src/data/sources/caps";
import { openSource } from "../../../src/data/sources/imageSources";
import { readTable } from "../../../src/data/tables/table";
import { readExperiment } from "../../../src/experiment/file/resolve";
import type { Images } from "../../../src/experiment/schema/images";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { exists } from "../../../src/files/exists";
import { entriesOf, lookAt, namesIn, readUtf8 } from "../../../src/files/reader";
import { isShare, mayAlsoRead, mayRead, readOnlyWithin } from "../../../src/files/readingScope";
import { temporaryFolder } from "../../support/folder";
import { problemsOf } from "../../support/problemsOf";

afterEach(() => readOnlyWithin(null));

/** A workspace with a table, beside it what it has no business with. */
function study() {
  const all = temporaryFolder();
  const [workspace, outside] = [join(all, "study"), join(all, "study-of-others")];
  for (const folder of [workspace, outside]) {
    mkdirSync(join(folder, "subjects", "sub-01"), { recursive: true });
    writeFileSync(join(folder, "labels.tsv"), "participant_id\tsession_id\nsub-01\tses-M000\n");
  }
  const refused: string[] = [];
  readOnlyWithin([workspace], (path) => refused.push(path));
  return { workspace, outside, refused };
}

const outsideCode = "file.outside-workspace";

describe("a window that is not trusted", () => {
  it("reads what stands in its folders, and what is not there is only absent", async () => {
    const { workspace, refused } = study();
    expect(await readUtf8(join(workspace, "labels.tsv"), "table")).toContain("sub-01");
    expect(await namesIn(workspace)).toContain("subjects");
    expect(await problemsOf(() => readTable(join(workspace, "x", "y.tsv")))).toMatchObject([
      { code: "file.missing" },
    ]);
    expect(refused).toEqual([]);
  });

  it("looks at nothing outside, neither at files nor at folders, and tells of it", async () => {
    const { workspace, outside, refused } = study();
    const table = join(outside, "labels.tsv");
    expect(await problemsOf(() => readTable(table))).toMatchObject([{ code: outsideCode, file: table }]);
    expect(
      await problemsOf(() => readTable(join(workspace, "..", "study-of-others", "labels.tsv"))),
    ).toHaveLength(1);
    expect(await openCaps(outside).problems()).toMatchObject([
      { code: outsideCode, where: "caps_directory" },
    ]);
    expect(await entriesOf(outside)).toEqual([]);
    expect(await exists(table)).toBe(false);
    expect(await lookAt(table)).toBeNull();
    expect(refused).toContain(table);
    readOnlyWithin(null);
    expect((await readTable(table)).rows).toHaveLength(1);
  });

  it("reads no image outside, whichever kind of place names it", async () => {
    const { workspace, outside } = study();
    const [inside, file] = [join(workspace, "scans.tsv"), join(outside, "a.nii")];
    writeFileSync(inside, `participant_id\tpath\nsub-01\t${file}\n`);
    writeFileSync(file, "");
    const open = (images: Images) => openSource({ place: "", images });
    for (const source of [
      open({ bids: outside, suffix: "T1w" }),
      open({ table: join(outside, "labels.tsv"), path_column: "path" }),
      open({ folder: outside, pattern: "{participant}.nii" }),
    ]) {
      expect(await source.problems()).toMatchObject([{ code: outsideCode }]);
    }
    const session = { participantId: "sub-01", sessionId: "ses-M000" };
    const [found = ""] = await open({ table: inside, path_column: "path" }).find(
      session,
      preprocessingSchema.parse({}),
    );
    expect(found).toBe(file);
    expect(await problemsOf(() => readNiftiHeader(found))).toMatchObject([{ code: outsideCode, file }]);
  });

  it("follows no link that leads out, wherever it stands on the way", async () => {
    const { workspace, outside } = study();
    symlinkSync(outside, join(workspace, "caps"));
    symlinkSync(join(outside, "labels.tsv"), join(workspace, "own.tsv"));
    symlinkSync("caps", join(workspace, "twice"));
    symlinkSync(join("..", "study-of-others"), join(workspace, "up"));
    for (const path of ["caps/labels.tsv", "own.tsv", "twice/labels.tsv", "up/labels.tsv"]) {
      expect(await problemsOf(() => readTable(join(workspace, path)))).toMatchObject([{ code: outsideCode }]);
    }
    symlinkSync("circle", join(workspace, "circle"));
    expect(await mayRead(join(workspace, "circle"))).toBe("outside");
    symlinkSync("labels.tsv", join(workspace, "inside.tsv"));
    expect((await readTable(join(workspace, "inside.tsv"))).rows).toHaveLength(1);
  });

  it("knows its folders by the name of a link to them as well", async () => {
    const { workspace } = study();
    const link = join(temporaryFolder(), "link");
    symlinkSync(workspace, link);
    readOnlyWithin([link]);
    expect((await readTable(join(link, "labels.tsv"))).rows).toHaveLength(1);
    expect((await readTable(join(workspace, "labels.tsv"))).rows).toHaveLength(1);
  });

  it("reads the preprocessing of an experiment within its folders only", async () => {
    const { workspace, outside } = study();
    writeFileSync(join(outside, "secret.json"), "{}");
    const file = join(workspace, "a.experiment.json");
    const keys = { caps_directory: ".", tsv_path: "split", preprocessing_json: join(outside, "secret.json") };
    writeFileSync(file, JSON.stringify(keys));
    expect((await readExperiment(file)).problems).toMatchObject([
      { code: outsideCode, where: "preprocessing_json" },
    ]);
  });

  it("opens a file that the user has chosen, and nothing beside it", async () => {
    const { outside } = study();
    const image = join(outside, "labels.tsv");
    mayAlsoRead(image);
    expect((await readTable(image)).rows).toHaveLength(1);
    expect(await entriesOf(outside)).toEqual([]);
  });

  it.each([
    "\\\\server\\share\\a.tsv",
    "//server/share/a.tsv",
    "\\/server/share",
    "\\\\?\\UNC\\server\\share",
  ])("asks no other machine: %s", async (path) => {
    study();
    expect(isShare(path)).toBe(true);
    expect(await mayRead(path)).toBe("share");
  });

  it("follows no link to another machine", async () => {
    const { workspace } = study();
    symlinkSync("//server/share/a.tsv", join(workspace, "a.tsv"));
    expect(await mayRead(join(workspace, "a.tsv"))).toBe("outside");
  });
});
