import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openCaps, tensorsFolder } from "../../../src/data/sources/caps";
import { keyProblems, parseTable } from "../../../src/data/tables/table";
import { readSessions } from "../../../src/data/tsv/sessions";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { readGroup } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { checkGroupName } from "../../../src/training/results/groupName";
import { temporaryFolder } from "../../support/folder";
import { problemsOf } from "../../support/problemsOf";

const code = "ids.no-name";
const rows = "participant_id\tsession_id\nsub-01\tses-M000\n../../out\tses-M000\n";

it("are refused in tables, in groups of a MAPS and in predictions", async () => {
  expect(keyProblems(parseTable("a.tsv", rows))).toMatchObject([{ code, file: "a.tsv" }]);
  const maps = temporaryFolder();
  const file = join(maps, "a.tsv");
  writeFileSync(file, rows);
  expect(await problemsOf(() => readSessions(file, []))).toMatchObject([{ code }]);
  const place = mapsPlace(maps).group("test");
  mkdirSync(place.folder, { recursive: true });
  writeFileSync(place.dataTsv, rows);
  writeFileSync(place.mapsJson, "{}");
  expect(await problemsOf(() => readGroup(place))).toMatchObject([{ code, file: place.dataTsv }]);
  writeFileSync(file, "participant_id\tsession_id\ttrue_label\tpredicted_label\n/x\tses-M000\t1\t1\n");
  expect(await problemsOf(() => readPredictions(file, "classification"))).toMatchObject([{ code }]);
});

it("find no image outside of the CAPS", async () => {
  const folder = temporaryFolder();
  const [outside, own] = [join(folder, "out", "ses-M000"), join(folder, "caps")];
  mkdirSync(outside, { recursive: true });
  mkdirSync(join(own, "subjects"), { recursive: true });
  writeFileSync(join(outside, "a_T1w.nii.gz"), "");
  const session = { participantId: "../../out", sessionId: "ses-M000" };
  const preprocessing = preprocessingSchema.parse({ preprocessing: "custom", custom_suffix: "T1w.nii.gz" });
  expect(await problemsOf(() => openCaps(own).find(session, preprocessing))).toMatchObject([{ code }]);
  expect(await problemsOf(async () => tensorsFolder(own, session))).toMatchObject([{ code }]);
});

it("no group of a name that is none is written, and one that stands in a MAPS is read", async () => {
  const maps = temporaryFolder();
  const strange = mapsPlace(maps).group(process.platform === "win32" ? "a b" : "a:b");
  mkdirSync(strange.folder, { recursive: true });
  writeFileSync(strange.dataTsv, "participant_id\tsession_id\nsub-01\tses-M000\n");
  writeFileSync(strange.mapsJson, "{}");
  expect((await readGroup(strange)).rows).toHaveLength(1);
  for (const group of ["", "..", "CON", "a:b", "../../x", "A:B"]) {
    expect(await problemsOf(() => checkGroupName({ maps, group }))).toMatchObject([{ code: "group.name" }]);
  }
  mkdirSync(mapsPlace(maps).group("test").folder);
  expect(await problemsOf(() => checkGroupName({ maps, group: "Test" }))).toMatchObject([
    { code: "group.name", message: 'A group cannot be called "Test": on many disks it is the same as test.' },
  ]);
  expect(await problemsOf(() => checkGroupName({ maps, group: "train" }))).toMatchObject([
    { code: "group.of-training" },
  ]);
  await checkGroupName({ maps, group: "test" });
});
