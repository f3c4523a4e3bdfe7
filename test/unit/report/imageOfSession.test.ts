import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { imageOfSession } from "../../../src/report/reading/imageOfSession";
import { temporaryFolder } from "../../support/folder";
import { imageFile, writeImage } from "../../support/study";

it("is that of the cohort of the session, and of none where that is not known: two people may have one name", async () => {
  const folder = temporaryFolder();
  const files: string[] = [];
  for (const cohort of ["one", "two"]) {
    mkdirSync(join(folder, cohort));
    files.push(await writeImage(imageFile(join(folder, cohort), "sub-01")));
  }
  const table = join(folder, "caps.tsv");
  const find = async (rows: string, cohort: string | null) => {
    writeFileSync(table, `cohort\tpath\n${rows}`);
    const session = { participantId: "sub-01", sessionId: "ses-M000", cohort };
    const source = { capsDirectory: table, multiCohort: true, tables: [] };
    return await imageOfSession({ maps: join(folder, "maps"), json: {}, source, session, folders: [] });
  };
  const both = "one\tone\ntwo\ttwo\n";
  expect(await find(both, "two")).toEqual({ kind: "found", file: files[1] });
  expect(await find(both, null)).toEqual({ kind: "no-folder", folder: table });
  expect(await find(both, "three")).toEqual({ kind: "no-folder", folder: table });
  expect(await find("one\tone\n", "single")).toEqual({ kind: "found", file: files[0] });
});
